using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Oci.Tests;

public sealed class OciLayoutTests : IDisposable
{
    private const string Type = "application/vnd.example.v1";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tag_points_at_the_stored_manifest_with_its_size_and_artifact_type()
    {
        var manifest = await PutAsync("a manifest");

        await TagAsync("demand:1", manifest);

        var tagged = ReadIndex().Manifests.ShouldHaveSingleItem();
        (tagged.MediaType, tagged.Digest, tagged.Size, tagged.ArtifactType).ShouldBe((OciManifest.ManifestType, manifest, 10, Type));
        tagged.Annotations.ShouldNotBeNull()[OciIndex.RefName].ShouldBe("demand:1");
    }

    [Fact]
    public async Task The_store_is_an_image_layout_afterwards()
    {
        await TagAsync("demand:1", await PutAsync("a manifest"));

        using var marker = JsonDocument.Parse(File.ReadAllBytes(_folder[".mlops/oci-layout"]));
        marker.RootElement.GetProperty("imageLayoutVersion").GetString().ShouldBe("1.0.0");
        using var index = JsonDocument.Parse(File.ReadAllBytes(_folder[".mlops/index.json"]));
        index.RootElement.GetProperty("schemaVersion").GetInt32().ShouldBe(2);
        var manifest = index.RootElement.GetProperty("manifests")[0];
        var blob = File.ReadAllBytes(_folder[".mlops/blobs/" + manifest.GetProperty("digest").GetString()!.Replace(':', '/')]);
        blob.LongLength.ShouldBe(manifest.GetProperty("size").GetInt64());
        Digest.Of(blob).ToString().ShouldBe(manifest.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task A_name_given_again_moves()
    {
        await TagAsync("demand:latest", await PutAsync("first"));
        var second = await PutAsync("second");

        await TagAsync("demand:latest", second);

        ReadIndex().Manifests.ShouldHaveSingleItem().Digest.ShouldBe(second);
    }

    [Fact]
    public async Task Tags_given_at_once_are_all_kept()
    {
        var manifests = new List<Digest>();
        for (var number = 0; number < 15; number++)
        {
            manifests.Add(await PutAsync($"manifest {number}"));
        }

        await Task.WhenAll(manifests.Select((manifest, number) => Task.Run(() => TagAsync($"demand:{number}", manifest))));

        ReadIndex().Manifests.ToDictionary(manifest => manifest.Annotations![OciIndex.RefName], manifest => manifest.Digest)
            .ShouldBe(manifests.Select((manifest, number) => KeyValuePair.Create($"demand:{number}", manifest)), ignoreOrder: true);
    }

    [Fact]
    public async Task One_name_given_at_once_is_there_once()
    {
        var manifest = await PutAsync("a manifest");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => TagAsync("demand:latest", manifest))));

        ReadIndex().Manifests.ShouldHaveSingleItem().Digest.ShouldBe(manifest);
    }

    private MlOpsStore Store() => MlOpsStore.At(_folder.Path, new ManualTime());

    private async Task<Digest> PutAsync(string content) =>
        (await Store().Blobs.PutAsync(Encoding.UTF8.GetBytes(content), CancellationToken.None)).Digest;

    private Task TagAsync(string name, Digest manifest) => OciLayout.TagAsync(Store(), name, manifest, Type, CancellationToken.None);

    private OciIndex ReadIndex() => CanonicalJson.Deserialize<OciIndex>(File.ReadAllBytes(_folder[".mlops/index.json"]));
}

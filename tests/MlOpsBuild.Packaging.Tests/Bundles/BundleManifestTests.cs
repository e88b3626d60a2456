using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Bundles.Tests;

public sealed class BundleManifestTests : IDisposable
{
    /// <summary>RFC 6838, section 4.2, as the image specification asks for.</summary>
    private const string MediaType = "^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$";

    private readonly TemporaryFolder _folder = new();
    private readonly MlOpsStore _store;

    public BundleManifestTests() => _store = MlOpsStore.At(_folder.Path, new ManualTime());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_an_image_manifest_of_an_artifact()
    {
        using var manifest = await ManifestAsync();
        var root = manifest.RootElement;

        root.GetProperty("schemaVersion").GetInt32().ShouldBe(2);
        root.GetProperty("mediaType").GetString().ShouldBe("application/vnd.oci.image.manifest.v1+json");
        root.GetProperty("artifactType").GetString().ShouldBe("application/vnd.mlopsbuild.bundle.v1");
        root.GetProperty("annotations").GetProperty("org.opencontainers.image.title").GetString().ShouldBe("BikeDemand");
        root.EnumerateObject().Select(member => member.Name).ShouldBeSubsetOf(
            ["schemaVersion", "mediaType", "artifactType", "config", "layers", "subject", "annotations"]);
    }

    [Fact]
    public async Task Digest_and_size_of_every_descriptor_match_its_content()
    {
        using var manifest = await ManifestAsync();

        foreach (var descriptor in Descriptors(manifest))
        {
            var digest = Digest.Parse(descriptor.GetProperty("digest").GetString()!);
            var content = File.ReadAllBytes(_store.Blobs.PathOf(digest));
            Digest.Of(content).ShouldBe(digest);
            content.LongLength.ShouldBe(descriptor.GetProperty("size").GetInt64());
        }
    }

    [Fact]
    public async Task Every_media_type_is_well_formed()
    {
        using var manifest = await ManifestAsync();

        foreach (var descriptor in Descriptors(manifest))
        {
            descriptor.GetProperty("mediaType").GetString().ShouldNotBeNull().ShouldMatch(MediaType);
        }

        manifest.RootElement.GetProperty("artifactType").GetString().ShouldNotBeNull().ShouldMatch(MediaType);
    }

    [Fact]
    public async Task Every_part_is_a_layer_under_its_name_with_the_card_last()
    {
        using var manifest = await ManifestAsync();

        var layers = manifest.RootElement.GetProperty("layers").EnumerateArray().ToList();

        layers.Select(layer => layer.GetProperty("annotations").GetProperty("org.opencontainers.image.title").GetString())
            .ShouldBe(["model", "rows", "contract", "profile", "evidence", "card"]);
        layers[0].GetProperty("digest").GetString().ShouldBe(Digest.Of(BundleExample.Content(BundlePart.Model)).ToString());
        ContentOf(layers[^1]).ShouldBe(ModelCard.Write(BundleExample.Description, BundleExample.Gates));
    }

    [Fact]
    public async Task The_config_is_the_description()
    {
        using var manifest = await ManifestAsync();

        ContentOf(manifest.RootElement.GetProperty("config"))
            .ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Serialize(BundleExample.Description)));
    }

    private static IEnumerable<JsonElement> Descriptors(JsonDocument manifest) =>
        manifest.RootElement.GetProperty("layers").EnumerateArray().Append(manifest.RootElement.GetProperty("config"));

    private string ContentOf(JsonElement descriptor) =>
        File.ReadAllText(_store.Blobs.PathOf(Digest.Parse(descriptor.GetProperty("digest").GetString()!)));

    private async Task<JsonDocument> ManifestAsync()
    {
        var digest = await BundleExample.PackAsync(_store, await BundleExample.StoreAsync(_store));
        return JsonDocument.Parse(await _store.Blobs.ReadAsync(digest, CancellationToken.None));
    }
}

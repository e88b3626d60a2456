using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Sharing;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>The team's blobs in a real registry with basic authentication.</summary>
public sealed class RegistryBlobRemoteTests(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _masked = [];

    public void Dispose() => _folder.Dispose();

    [DockerRegistryFact]
    public async Task A_package_is_an_artifact_with_the_media_types_of_its_files()
    {
        using var remote = Open("stages");
        using var client = Client("stages");
        var (model, rows) = (Put("model bytes"), Put("a,b\n1,2\n"));

        (await remote.SendAsync(new("stages-1", "stages", [new(model, "model.json"), new(rows, "rows.csv")], null), CancellationToken.None))
            .ShouldBe(2);

        var manifest = JsonNode.Parse((await client.PullManifestAsync("stages-1", CancellationToken.None))!)!;
        ((string?)manifest["artifactType"]).ShouldBe("application/vnd.mlopsbuild.stages.v1");
        manifest["layers"]!.AsArray().Select(layer => ((string)layer!["mediaType"]!, (string)layer["digest"]!)).ShouldBe(
            [("application/json", model.Digest.ToString()), ("text/csv", rows.Digest.ToString())], ignoreOrder: true);
    }

    [DockerRegistryFact]
    public async Task What_is_there_is_not_sent_again_by_anybody()
    {
        var blob = Put("sent once");
        var package = new BlobPackage("runs-1", "runs", [new(blob, null)], null);
        using (var first = Open("dedupe"))
        {
            (await first.SendAsync(package, CancellationToken.None)).ShouldBe(1);
            (await first.SendAsync(package with { Name = "runs-2" }, CancellationToken.None)).ShouldBe(0);
        }

        using var second = Open("dedupe");
        (await second.SendAsync(package, CancellationToken.None)).ShouldBe(0);
    }

    [DockerRegistryFact]
    public async Task A_bundle_keeps_its_own_manifest_and_its_digest()
    {
        using var remote = Open("bundle");
        var (config, layer) = (Put("{}"), Put("layer"));
        var manifest = Put(CanonicalJson.Serialize(new OciManifest(
            2, OciManifest.ManifestType, "application/vnd.mlopsbuild.bundle.v1", new("application/json", config.Digest, 2),
            [new("text/plain", layer.Digest, 5)], new Dictionary<string, string>())));
        await remote.SendAsync(
            new("Demand-v1", "registry", [new(manifest, null), new(config, null), new(layer, null)], manifest), CancellationToken.None);

        using var other = Open("bundle");
        var path = _folder["fetched/manifest"];
        (await other.TryFetchAsync(manifest.Digest, path, CancellationToken.None)).ShouldBeTrue();
        Digest.Of(await File.ReadAllBytesAsync(path)).ShouldBe(manifest.Digest);
        (await other.TryFetchAsync(layer.Digest, path, CancellationToken.None)).ShouldBeTrue();
        (await File.ReadAllTextAsync(path)).ShouldBe("layer");

        // A run that names the bundle as plain content still can be sent.
        await remote.SendAsync(new("runs-3", "runs", [new(manifest, null)], null), CancellationToken.None);
    }

    [DockerRegistryFact]
    public async Task What_is_nowhere_is_not_fetched()
    {
        using var remote = Open("nothing");

        (await remote.TryFetchAsync(Digest.Of("nowhere"), _folder["fetched"], CancellationToken.None)).ShouldBeFalse();
        File.Exists(_folder["fetched"]).ShouldBeFalse();
    }

    [DockerRegistryFact]
    public async Task Secrets_are_told_to_be_masked_before_they_are_used_and_never_named()
    {
        using var remote = Open("masks");

        await remote.TryFetchAsync(Digest.Of("nowhere"), _folder["fetched"], CancellationToken.None);

        _masked.ShouldContain(DockerRegistry.Password);
        remote.Name.ShouldNotContain(DockerRegistry.Password);
    }

    [DockerRegistryFact]
    public async Task Without_credentials_the_failure_says_how_to_give_them()
    {
        using var remote = RegistryBlobRemote.Open(
            $"{fixture.Registry!.Endpoint.Authority}/team/none", new Dictionary<string, string>(), TimeProvider.System, _masked.Add);

        var failure = await Should.ThrowAsync<StageFailedException>(
            remote.SendAsync(new("runs-1", "runs", [new(Put("x"), null)], null), CancellationToken.None));

        failure.Message.ShouldContain("MLOPS_REGISTRY_USER");
    }

    private RegistryBlobRemote Open(string repository) => RegistryBlobRemote.Open(
        $"{fixture.Registry!.Endpoint.Authority}/team/{repository}",
        new Dictionary<string, string>
        {
            ["MLOPS_REGISTRY_USER"] = DockerRegistry.User, ["MLOPS_REGISTRY_PASSWORD"] = DockerRegistry.Password
        },
        TimeProvider.System, _masked.Add);

    private RegistryClient Client(string repository)
    {
        var address = RegistryAddress.Parse($"{fixture.Registry!.Endpoint.Authority}/team/{repository}");
        return new(
            address, new(DockerRegistry.User, DockerRegistry.Password, "the test"), RegistryClient.HandlerFor(address),
            TimeProvider.System);
    }

    private Artifact Put(string text) => Put(System.Text.Encoding.UTF8.GetBytes(text));

    private Artifact Put(byte[] content)
    {
        var digest = Digest.Of(content);
        var path = _folder[$"blobs/{digest.Hex}"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return new(digest, path);
    }
}

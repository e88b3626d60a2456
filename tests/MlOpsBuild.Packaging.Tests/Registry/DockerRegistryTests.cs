using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>The client against a real registry, undisturbed.</summary>
public sealed class DockerRegistryTests(RegistryFixture fixture) : IClassFixture<RegistryFixture>
{
    private static readonly Digest Absent = Digest.Of("nothing");

    [DockerRegistryFact]
    public async Task A_large_blob_goes_up_in_chunks_and_comes_back_the_same()
    {
        using var registry = Repository("large");
        var blob = Blob.Of((3 * ProxiedRegistry.Chunk) + 17);
        var seen = new List<long>();

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), new Collected(seen), CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
        registry.Proxy.Count("PATCH").ShouldBe(4);
        registry.Proxy.BytesUp.ShouldBe(blob.Content.Length);
        seen.ShouldBe(
        [
            0, ProxiedRegistry.Chunk, 2 * ProxiedRegistry.Chunk, 3 * ProxiedRegistry.Chunk, blob.Content.Length, blob.Content.Length
        ]);
    }

    [DockerRegistryFact]
    public async Task A_small_blob_goes_up_in_one_piece()
    {
        using var registry = Repository("small");
        var blob = Blob.Of(100_000);

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
        (registry.Proxy.Count("PATCH"), registry.Proxy.Count("PUT")).ShouldBe((0, 1));
    }

    [DockerRegistryFact]
    public async Task An_empty_blob_is_a_blob()
    {
        using var registry = Repository("empty");
        var blob = Blob.Of(0);

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_blob_that_is_there_is_not_sent_again()
    {
        using var registry = Repository("twice");
        var blob = Blob.Of(100_000);
        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);
        var seen = new List<long>();

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), new Collected(seen), CancellationToken.None);

        registry.Proxy.BytesUp.ShouldBe(blob.Content.Length);
        registry.Proxy.Count("POST").ShouldBe(1, "the first upload's; authentication was settled by the HEAD before it");
        seen.ShouldBe([blob.Content.Length]);
    }

    [DockerRegistryFact]
    public async Task The_presence_of_blobs_is_told()
    {
        using var registry = Repository("presence");
        var blob = Blob.Of(10);
        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.Client.ExistsAsync(blob.Digest, CancellationToken.None)).ShouldBeTrue();
        (await registry.Client.ExistsAsync(Absent, CancellationToken.None)).ShouldBeFalse();
    }

    [DockerRegistryFact]
    public async Task What_is_absent_is_told_and_leaves_no_file()
    {
        using var registry = Repository("absent");
        var path = registry.Folder["deep/target"];

        (await registry.Client.TryPullBlobAsync(Absent, path, CancellationToken.None)).ShouldBeFalse();
        (await registry.Client.PullManifestAsync("latest", CancellationToken.None)).ShouldBeNull();
        (await registry.Client.PullManifestAsync(Absent.ToString(), CancellationToken.None)).ShouldBeNull();
        (await registry.Client.DeleteManifestAsync(Absent, CancellationToken.None)).ShouldBeFalse();
        (await registry.Client.TagsAsync(CancellationToken.None)).ShouldBeEmpty();
        Directory.GetFiles(registry.Folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [DockerRegistryFact]
    public async Task A_manifest_has_tags_and_a_digest_until_it_is_deleted()
    {
        using var registry = Repository("manifest");
        var manifest = await ManifestAsync(registry);

        var digest = await registry.Client.PushManifestAsync("v2", manifest, OciManifest.ManifestType, CancellationToken.None);
        await registry.Client.PushManifestAsync("v1", manifest, OciManifest.ManifestType, CancellationToken.None);

        digest.ShouldBe(Digest.Of(manifest));
        (await registry.Client.TagsAsync(CancellationToken.None)).ShouldBe(["v1", "v2"]);
        (await registry.Client.PullManifestAsync("v1", CancellationToken.None)).ShouldBe(manifest);
        (await registry.Client.PullManifestAsync(digest.ToString(), CancellationToken.None)).ShouldBe(manifest);
        (await registry.Client.DeleteManifestAsync(digest, CancellationToken.None)).ShouldBeTrue();
        (await registry.Client.PullManifestAsync("v2", CancellationToken.None)).ShouldBeNull();
        (await registry.Client.TagsAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [DockerRegistryFact]
    public async Task A_manifest_whose_blobs_are_missing_is_refused_with_the_registrys_reason()
    {
        using var registry = Repository("dangling");
        var manifest = Manifest(Blob.Of(5, seed: 77), Blob.Of(6, seed: 78));

        var failure = await Should.ThrowAsync<StageFailedException>(
            registry.Client.PushManifestAsync("v1", manifest, OciManifest.ManifestType, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldNotBeNull().ShouldContain("MANIFEST_BLOB_UNKNOWN");
    }

    [DockerRegistryFact]
    public async Task A_registry_that_forbids_deletion_is_told_so()
    {
        using var forbidding = await DockerRegistry.StartAsync(deletes: false);
        using var registry = new ProxiedRegistry(forbidding, "test/undeletable");
        var digest = await registry.Client.PushManifestAsync(
            "v1", await ManifestAsync(registry), OciManifest.ManifestType, CancellationToken.None);

        var failure = await Should.ThrowAsync<StageFailedException>(registry.Client.DeleteManifestAsync(digest, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("The registry does not support this");
        finding.Value.ShouldNotBeNull().ShouldStartWith("405 Method Not Allowed (UNSUPPORTED");
        finding.Fix.ShouldNotBeNull().ShouldContain("storage.delete.enabled");
    }

    [DockerRegistryFact]
    public async Task Without_credentials_the_finding_says_how_to_give_them()
    {
        using var registry = Repository("closed");
        using var anonymous = registry.ClientFor("test/closed", null);

        var failure = await Should.ThrowAsync<StageFailedException>(anonymous.TagsAsync(CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("The registry asks for credentials");
        finding.Fix.ShouldNotBeNull().ShouldContain("MLOPS_REGISTRY_PASSWORD");
    }

    [DockerRegistryFact]
    public async Task A_wrong_password_is_told_without_repeating_it()
    {
        using var registry = Repository("closed");
        using var wrong = registry.ClientFor("test/closed", new(DockerRegistry.User, "wr0ng-and-private", "MLOPS_REGISTRY_PASSWORD"));
        var blob = Blob.Of(5);

        var failure = await Should.ThrowAsync<StageFailedException>(
            wrong.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().What.ShouldBe("The registry refuses the credentials");
        failure.Message.ShouldContain("user 'builder' from MLOPS_REGISTRY_PASSWORD");
        failure.ToString().ShouldNotContain("wr0ng");
        registry.Proxy.Requests.Count.ShouldBe(2, "a refused password is not tried again");
    }

    private static async Task<byte[]> ManifestAsync(ProxiedRegistry registry)
    {
        var (config, layer) = (Blob.Of("{}"u8.ToArray()), Blob.Of(100));
        foreach (var blob in (Blob[])[config, layer])
        {
            await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);
        }

        return Manifest(config, layer);
    }

    private static byte[] Manifest(Blob config, Blob layer) => Encoding.UTF8.GetBytes($$"""
        {"schemaVersion":2,"mediaType":"{{OciManifest.ManifestType}}","artifactType":"application/vnd.mlops.test",
         "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{config.Digest}}","size":{{config.Content.Length}}},
         "layers":[{"mediaType":"application/octet-stream","digest":"{{layer.Digest}}","size":{{layer.Content.Length}}}]}
        """);

    private ProxiedRegistry Repository(string name) => new(fixture.Registry!, $"test/{name}");

    private sealed class Collected(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>The client against a real registry behind a connection that fails.</summary>
public sealed class DockerRegistryFaultTests(RegistryFixture fixture) : IClassFixture<RegistryFixture>
{
    private const int Chunk = ProxiedRegistry.Chunk;

    [DockerRegistryFact]
    public async Task An_upload_that_is_cut_between_chunks_goes_on_where_it_was()
    {
        using var registry = Repository("cut-between");
        var blob = Blob.Of((4 * Chunk) + 5);
        registry.Proxy.Inject(new("PATCH") { Skip = 1, CutUploadAfter = 0 });
        registry.Proxy.Inject(new("PATCH") { Skip = 1, Status = 502 });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        registry.Proxy.BytesUp.ShouldBe(blob.Content.Length, "not one byte is sent twice");
        registry.Proxy.Count("POST").ShouldBe(1, "one session does");
        registry.Proxy.Count("GET").ShouldBeGreaterThan(0, "the registry is asked what it has");
        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    // docker-registry 2.8 gives up an upload that was cut within a chunk: its location names the former offset for ever.
    [DockerRegistryFact]
    public async Task An_upload_that_is_cut_within_a_chunk_starts_again_where_the_registry_lost_it()
    {
        using var registry = Repository("cut-within");
        var blob = Blob.Of(8 * Chunk);
        registry.Proxy.Inject(new("PATCH") { Skip = 1, CutUploadAfter = Chunk / 2 });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        registry.Proxy.BytesUp.ShouldBeLessThan(blob.Content.Length * 13L / 10);
        registry.Proxy.Count("POST").ShouldBe(2);
        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_commit_whose_answer_is_lost_is_not_sent_again()
    {
        using var registry = Repository("lost-answer");
        var blob = Blob.Of(2 * Chunk);
        registry.Proxy.Inject(new("PUT") { LosesAnswer = true });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        registry.Proxy.BytesUp.ShouldBe(blob.Content.Length);
        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_small_blob_that_is_cut_is_sent_again()
    {
        using var registry = Repository("small-cut");
        var blob = Blob.Of(300_000);
        registry.Proxy.Inject(new("PUT") { CutUploadAfter = 200_000 });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task An_upload_that_is_changed_on_its_way_is_refused_and_sent_again()
    {
        using var registry = Repository("changed-upload");
        var blob = Blob.Of(2 * Chunk);
        registry.Proxy.Inject(new("PATCH") { CorruptUploadAt = 1000 });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_file_that_is_not_what_its_digest_says_is_told_apart_from_a_bad_connection()
    {
        using var registry = Repository("wrong-file");
        var (named, actual) = (Blob.Of(1000, seed: 1), Blob.Of(1000, seed: 2));
        var path = actual.In(registry.Folder);

        var failure =
            await Should.ThrowAsync<StageFailedException>(registry.Client.PushBlobAsync(named.Digest, path, null, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        (finding.Where, finding.Value, finding.Expected).ShouldBe((path, actual.Digest.ToString(), named.Digest.ToString()));
        registry.Proxy.Count("PUT").ShouldBe(1);
        (await registry.Client.ExistsAsync(named.Digest, CancellationToken.None)).ShouldBeFalse();
    }

    [DockerRegistryFact]
    public async Task A_file_that_becomes_shorter_during_the_upload_is_told_apart_from_a_bad_connection()
    {
        using var registry = Repository("shorter-file");
        var blob = Blob.Of(3 * Chunk);
        var path = blob.In(registry.Folder);

        var failure = await Should.ThrowAsync<StageFailedException>(
            registry.Client.PushBlobAsync(blob.Digest, path, new Shortening(path), CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(path);
        registry.Proxy.Count("POST").ShouldBe(1);
    }

    [DockerRegistryFact]
    public async Task Errors_of_the_server_are_waited_out()
    {
        using var registry = Repository("server-errors");
        var blob = Blob.Of(2 * Chunk);
        registry.Proxy.Inject(new("*") { Status = 500, Times = 4 });
        registry.Proxy.Inject(new("POST") { Status = 503, Times = 3 });
        registry.Proxy.Inject(new("PUT") { Status = 504, Times = 2 });

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task The_pause_that_a_429_asks_for_is_made()
    {
        using var registry = Repository("too-many");
        var blob = Blob.Of(5);
        registry.Proxy.Inject(new("POST") { Status = 429, RetryAfter = "17", Times = 2 });
        var before = registry.Time.GetUtcNow();

        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);

        (registry.Time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(34));
        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_download_that_is_cut_goes_on_where_it_was()
    {
        using var registry = Repository("cut-download");
        var blob = await PushedAsync(registry, 4 * Chunk);
        registry.Proxy.Inject(new("GET") { CutDownloadAfter = Chunk, Times = 2 });
        registry.Proxy.Inject(new("GET") { Status = 500, Times = 2 });

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);

        registry.Proxy.BytesDown.ShouldBeLessThanOrEqualTo(blob.Content.Length + 1000L, "only what had not arrived is asked for");
        registry.Proxy.Requests.Where(request => request.Method == "GET").Select(request => request.Header("Range"))
            .ShouldBe([null, $"bytes={Chunk}-", $"bytes={2 * Chunk}-", $"bytes={2 * Chunk}-", $"bytes={2 * Chunk}-"]);
    }

    [DockerRegistryFact]
    public async Task A_download_cut_more_often_than_there_are_attempts_still_arrives_while_it_gets_further()
    {
        using var registry = Repository("cut-often");
        var blob = await PushedAsync(registry, 100_000);
        registry.Proxy.Inject(new("GET") { CutDownloadAfter = 10_000, Times = 9 });

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);
    }

    [DockerRegistryFact]
    public async Task A_download_that_is_changed_on_its_way_is_refused_and_leaves_nothing()
    {
        using var registry = Repository("changed-download");
        var blob = await PushedAsync(registry, Chunk);
        registry.Proxy.Inject(new("GET") { CorruptDownloadAt = 1000 });
        var target = registry.Folder["target/file"];

        var failure =
            await Should.ThrowAsync<StageFailedException>(registry.Client.TryPullBlobAsync(blob.Digest, target, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Expected.ShouldBe(blob.Digest.ToString());
        Directory.GetFiles(registry.Folder["target"]).ShouldBeEmpty();
    }

    [DockerRegistryFact]
    public async Task Pieces_of_which_one_is_wrong_are_fetched_again_as_a_whole()
    {
        using var registry = Repository("wrong-piece");
        var blob = await PushedAsync(registry, Chunk);
        registry.Proxy.Inject(new("GET") { CutDownloadAfter = Chunk / 2, CorruptDownloadAt = 1000 });

        (await registry.StoredAsync(blob)).ShouldBe(blob.Digest);

        registry.Proxy.Count("GET").ShouldBe(3);
    }

    [DockerRegistryFact]
    public async Task A_registry_that_is_gone_is_named_after_five_attempts()
    {
        using var registry = await EndedAsync();

        var failure = await Should.ThrowAsync<StageFailedException>(registry.Client.TagsAsync(CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldEndWith("in 5 attempts");
        finding.Where.ShouldBe(registry.Client.Address.ToString());
        finding.Value.ShouldBe("5 times connection cut");
        finding.Fix.ShouldNotBeNull().ShouldContain("can be reached");
    }

    private static async Task<ProxiedRegistry> EndedAsync()
    {
        using var ended = await DockerRegistry.StartAsync();
        return new(ended, "test/gone");
    }

    private static async Task<Blob> PushedAsync(ProxiedRegistry registry, int size)
    {
        var blob = Blob.Of(size);
        await registry.Client.PushBlobAsync(blob.Digest, blob.In(registry.Folder), null, CancellationToken.None);
        return blob;
    }

    /// <summary>Cuts the file short when the first chunk arrived.</summary>
    private sealed class Shortening(string path) : IProgress<long>
    {
        public void Report(long value)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(value > 0 ? value + 1000 : file.Length);
        }
    }

    private ProxiedRegistry Repository(string name) => new(fixture.Registry!, $"test/{name}");
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class BlobDownloadTests : IDisposable
{
    private readonly Blob _blob;
    private readonly RegistryWorld _world = new();

    public BlobDownloadTests() => _blob = Registry.Add(Blob.Of(5000));

    private FakeRegistry Registry => _world.Registry;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_blob_takes_the_place_of_the_file_that_was_there()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_world.Target)!);
        await File.WriteAllTextAsync(_world.Target, "former content");

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        ShouldBeComplete();
    }

    [Fact]
    public async Task After_a_cut_only_the_rest_is_asked_for()
    {
        Registry.CutDownload = _ => Registry.Exchanges.Count <= 2 ? 1200 : null;

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges.Select(exchange => exchange.Range).ShouldBe([null, "bytes=1200-", "bytes=2400-"]);
        ShouldBeComplete();
    }

    [Fact]
    public async Task A_registry_without_ranges_is_read_from_the_start()
    {
        Registry.Resumes = false;
        Registry.CutDownload = _ => Registry.Exchanges.Count == 1 ? 1200 : null;

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges.Count.ShouldBe(2);
        ShouldBeComplete();
    }

    [Fact]
    public async Task Another_range_than_asked_for_is_not_joined()
    {
        Registry.CutDownload = _ => Registry.Exchanges.Count == 1 ? 1200 : null;
        Registry.Before = _ =>
        {
            if (Registry.Exchanges.Count != 2)
            {
                return null;
            }

            var response = FakeRegistry.Answer(206);
            response.Content = new ByteArrayContent(_blob.Content[1000..]);
            response.Content.Headers.ContentRange = new(1000, 4999, 5000);
            return response;
        };

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges[^1].Range.ShouldBeNull();
        ShouldBeComplete();
    }

    [Fact]
    public async Task A_cut_after_the_last_byte_is_no_loss()
    {
        Registry.CutDownload = _ => 5000;

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges.Count.ShouldBe(2, "the second answer is 416: nothing is missing");
        ShouldBeComplete();
    }

    [Fact]
    public async Task Pieces_that_do_not_fit_together_are_fetched_again_as_a_whole()
    {
        Registry.CutDownload = _ => Registry.Exchanges.Count == 1 ? 1200 : null;
        Registry.Before = _ =>
        {
            if (Registry.Exchanges.Count != 2)
            {
                return null;
            }

            var response = FakeRegistry.Answer(206);
            response.Content = new ByteArrayContent(new byte[3800]);
            response.Content.Headers.ContentRange = new(1200, 4999, 5000);
            return response;
        };

        (await _world.PullAsync(_blob)).ShouldBeTrue();

        Registry.Exchanges.Select(exchange => exchange.Range).ShouldBe([null, "bytes=1200-", null]);
        ShouldBeComplete();
    }

    [Fact]
    public async Task Wrong_content_is_refused_and_leaves_the_target_as_it_was()
    {
        var wrong = Digest.Of("something else");
        Registry.Blobs[wrong.ToString()] = _blob.Content;
        Directory.CreateDirectory(Path.GetDirectoryName(_world.Target)!);
        await File.WriteAllTextAsync(_world.Target, "former content");

        var failure =
            await Should.ThrowAsync<StageFailedException>(_world.Client.TryPullBlobAsync(wrong, _world.Target, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        (finding.Value, finding.Expected).ShouldBe((_blob.Digest.ToString(), wrong.ToString()));
        (await File.ReadAllTextAsync(_world.Target)).ShouldBe("former content");
        Files().ShouldBe([_world.Target]);
    }

    [Fact]
    public async Task A_blob_that_is_removed_during_the_download_is_absent()
    {
        Registry.CutDownload = _ => 1200;
        Registry.Before = _ => Registry.Exchanges.Count == 2 ? FakeRegistry.Answer(404) : null;

        (await _world.PullAsync(_blob)).ShouldBeFalse();

        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task Cuts_without_progress_end_after_five_attempts()
    {
        Registry.CutDownload = _ => Registry.Exchanges.Count == 1 ? 1200 : 0;

        var failure = await Should.ThrowAsync<StageFailedException>(_world.PullAsync(_blob));

        failure.Findings.ShouldHaveSingleItem().Value.ShouldBe("5 times connection cut");
        Registry.Exchanges.Count.ShouldBe(5);
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_named_before_anything_is_sent()
    {
        await File.WriteAllTextAsync(_world.Folder["file"], "");
        var target = _world.Folder["file/below"];

        var failure =
            await Should.ThrowAsync<StageFailedException>(_world.Client.TryPullBlobAsync(_blob.Digest, target, CancellationToken.None));

        failure.Findings.ShouldHaveSingleItem().Where.ShouldBe(target);
        Registry.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_that_is_cancelled_leaves_nothing()
    {
        using var stopping = new CancellationTokenSource();
        Registry.CutDownload = _ => 1200;
        Registry.Before = _ =>
        {
            if (Registry.Exchanges.Count == 2)
            {
                stopping.Cancel();
            }

            return null;
        };

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(
            _world.Client.TryPullBlobAsync(_blob.Digest, _world.Target, stopping.Token));

        cancelled.CancellationToken.ShouldBe(stopping.Token);
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_target_may_be_relative_to_the_working_folder()
    {
        var target = Path.GetRelativePath(Environment.CurrentDirectory, _world.Target);

        (await _world.Client.TryPullBlobAsync(_blob.Digest, target, CancellationToken.None)).ShouldBeTrue();

        ShouldBeComplete();
    }

    private string[] Files() => Directory.GetFiles(Path.GetDirectoryName(_world.Target)!);

    private void ShouldBeComplete()
    {
        File.ReadAllBytes(_world.Target).ShouldBe(_blob.Content);
        Files().ShouldBe([_world.Target]);
    }
}

using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Content.Tests;

public sealed class ContentStoreTests : IDisposable
{
    private static readonly byte[] Content = "the model"u8.ToArray();
    private readonly TemporaryFolder _folder = new();
    private readonly ContentStore _store;

    public ContentStoreTests() => _store = new(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stored_content_is_read_back_by_its_digest()
    {
        var stored = await _store.PutAsync(Content, CancellationToken.None);

        stored.Digest.ShouldBe(Digest.Of(Content));
        File.ReadAllBytes(stored.Path).ShouldBe(Content);
        (await _store.ReadAsync(stored.Digest, CancellationToken.None)).ShouldBe(Content);
        _store.Contains(stored.Digest).ShouldBeTrue();
        (await _store.VerifyAsync(stored.Digest, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Content_lies_where_an_image_layout_has_it()
    {
        var stored = await _store.PutAsync(Content, CancellationToken.None);

        stored.Path.ShouldBe(_folder["blobs/sha256/" + Digest.Of(Content).Hex]);
        File.ReadAllText(_folder["oci-layout"]).ShouldBe("""{"imageLayoutVersion":"1.0.0"}""");
    }

    [Fact]
    public async Task Empty_content_is_content()
    {
        var stored = await _store.PutAsync(ReadOnlyMemory<byte>.Empty, CancellationToken.None);

        (await _store.ReadAsync(stored.Digest, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Storing_the_same_content_again_changes_nothing()
    {
        var first = await _store.PutAsync(Content, CancellationToken.None);
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(first.Path, longAgo);

        var second = await _store.PutAsync(Content, CancellationToken.None);

        second.ShouldBe(first);
        File.GetLastWriteTimeUtc(first.Path).ShouldBe(longAgo);
        Directory.GetFiles(_folder["blobs/sha256"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Many_builds_storing_the_same_content_at_once_store_it_once_and_whole()
    {
        var large = Encoding.UTF8.GetBytes(new string('x', 1_000_000));

        await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => Task.Run(() => new ContentStore(_folder.Path, TimeProvider.System).PutAsync(large, CancellationToken.None))));

        Directory.GetFiles(_folder["blobs/sha256"]).ShouldHaveSingleItem();
        (await _store.VerifyAsync(Digest.Of(large), CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_is_stored_and_left_as_it_is()
    {
        File.WriteAllBytes(_folder["model.json"], Content);

        var stored = await _store.PutFileAsync(_folder["model.json"], CancellationToken.None);

        stored.Digest.ShouldBe(Digest.Of(Content));
        File.ReadAllBytes(_folder["model.json"]).ShouldBe(Content);
    }

    [Fact]
    public async Task Missing_content_fails_with_its_name()
    {
        var digest = Digest.Of("never stored");

        var failure = await Should.ThrowAsync<StageFailedException>(_store.ReadAsync(digest, CancellationToken.None));

        failure.ExitCode.ShouldBe(ExitCodes.TargetBroke);
        failure.Message.ShouldContain(_store.PathOf(digest));
        failure.Message.ShouldContain(digest.ToString());
        failure.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNullOrEmpty();
        _store.Contains(digest).ShouldBeFalse();
        (await _store.VerifyAsync(digest, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("the mode1")]
    [InlineData("the m")]
    [InlineData("")]
    public async Task Damaged_content_fails_with_file_actual_and_expected_digest(string damaged)
    {
        var stored = await _store.PutAsync(Content, CancellationToken.None);
        File.WriteAllText(stored.Path, damaged);

        var failure = await Should.ThrowAsync<StageFailedException>(_store.ReadAsync(stored.Digest, CancellationToken.None));

        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.Where.ShouldBe(stored.Path);
        finding.Value.ShouldBe(Digest.Of(damaged).ToString());
        finding.Expected.ShouldBe(stored.Digest.ToString());
        finding.Fix.ShouldNotBeNullOrEmpty();
        (await _store.VerifyAsync(stored.Digest, CancellationToken.None)).ShouldBeFalse();
        _store.Contains(stored.Digest).ShouldBeTrue();
    }

    [Fact]
    public async Task Storing_content_again_repairs_a_damaged_copy()
    {
        var stored = await _store.PutAsync(Content, CancellationToken.None);
        File.WriteAllText(stored.Path, "damaged");

        await _store.PutAsync(Content, CancellationToken.None);

        (await _store.ReadAsync(stored.Digest, CancellationToken.None)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_the_callers_to_repair()
    {
        File.WriteAllText(_folder["file"], "a file where a folder should be");
        var store = new ContentStore(_folder["file"], TimeProvider.System);

        var failure = await Should.ThrowAsync<UsageException>(store.PutAsync(Content, CancellationToken.None));

        failure.Message.ShouldContain(_folder["file"]);
        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
    }

    [Fact]
    public async Task A_file_is_kept_once()
    {
        var file = Write("rows.csv");

        (await _store.KeepAsync(file, CancellationToken.None)).ShouldBeTrue();
        (await _store.KeepAsync(file, CancellationToken.None)).ShouldBeFalse();
        (await _store.ReadAsync(file.Digest, CancellationToken.None)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_file_that_changed_after_its_digest_was_taken_is_told_and_not_kept()
    {
        var file = Write("rows.csv");
        await File.AppendAllTextAsync(file.Path, "more");

        (await Should.ThrowAsync<StageFailedException>(_store.KeepAsync(file, CancellationToken.None)))
            .Findings[0].What.ShouldBe("The file changed while it was read");

        _store.Contains(file.Digest).ShouldBeFalse();
        Directory.GetFiles(_folder["blobs/sha256"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_went_away_is_told()
    {
        var file = Write("rows.csv");
        File.Delete(file.Path);

        (await Should.ThrowAsync<StageFailedException>(_store.KeepAsync(file, CancellationToken.None)))
            .Findings[0].Where.ShouldBe(file.Path);
    }

    [Fact]
    public async Task Kept_content_that_was_damaged_is_kept_again()
    {
        var file = Write("rows.csv");
        await _store.KeepAsync(file, CancellationToken.None);
        await File.WriteAllTextAsync(_store.PathOf(file.Digest), "damaged");

        (await _store.IsUnchangedAsync(file.Digest, CancellationToken.None)).ShouldBeFalse();
        (await _store.KeepAsync(file, CancellationToken.None)).ShouldBeTrue();
        (await _store.VerifyAsync(file.Digest, CancellationToken.None)).ShouldBeTrue();
    }

    private Artifact Write(string name)
    {
        File.WriteAllBytes(_folder[name], Content);
        return new(Digest.Of(Content), _folder[name]);
    }
}

using System.Text;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Core.Files.Tests;

public sealed class FileDigestsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _later = new(DateTimeOffset.UtcNow + TimeSpan.FromHours(1));

    private string Index => _folder["cache/files.index"];

    [Fact]
    public async Task A_file_that_did_not_change_is_not_read_again()
    {
        await ReadAsync(Write("rows.csv", "one"), _later);

        // What stands in the index is what is answered: nobody looked into the file.
        var other = Digest.Of("what was never in the file");
        Rewrite(text => text.Replace(Digest.Of("one").Hex, other.Hex, StringComparison.Ordinal));

        (await ReadAsync(_folder["rows.csv"], _later)).ShouldBe(other);
    }

    [Fact]
    public async Task Another_content_of_the_same_size_and_time_is_seen()
    {
        var path = Write("rows.csv", "one");
        var time = File.GetLastWriteTimeUtc(path);
        await ReadAsync(path, _later);

        await File.WriteAllTextAsync(path, "two");
        File.SetLastWriteTimeUtc(path, time);

        (await ReadAsync(path, _later)).ShouldBe(Digest.Of("two"));
    }

    [Fact]
    public async Task A_file_put_in_the_place_of_another_with_its_size_and_time_is_seen()
    {
        var path = Write("rows.csv", "one");
        var other = Write("other.csv", "two");
        File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(path));
        await ReadAsync(path, _later);

        File.Move(other, path, overwrite: true);

        (await ReadAsync(path, _later)).ShouldBe(Digest.Of("two"));
    }

    [Fact]
    public async Task A_file_that_was_just_written_is_not_remembered()
    {
        var path = Write("rows.csv", "one");
        await ReadAsync(path, new ManualTime(new(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)));

        File.Exists(Index).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.0)]
    [InlineData(0.99)]
    public async Task Half_an_index_is_none(double share)
    {
        var path = Write("rows.csv", "one");
        await ReadAsync(path, _later);
        var whole = await File.ReadAllBytesAsync(Index);
        await File.WriteAllBytesAsync(Index, whole[..(int)(whole.Length * share)]);

        (await ReadAsync(path, _later)).ShouldBe(Digest.Of("one"));
    }

    [Fact]
    public async Task Names_may_hold_blanks_and_any_letters()
    {
        var path = Write("täglich 10 %.csv", "one");
        await ReadAsync(path, _later);
        Rewrite(text => text.Replace(Digest.Of("one").Hex, Digest.Of("two").Hex, StringComparison.Ordinal));

        (await ReadAsync(path, _later)).ShouldBe(Digest.Of("two"));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_files_are_read_and_nothing_is_said()
    {
        Write("cache", "a file where the folder should be");

        (await ReadAsync(Write("rows.csv", "one"), _later)).ShouldBe(Digest.Of("one"));
    }

    [Fact]
    public async Task A_link_is_remembered_by_the_file_that_it_leads_to()
    {
        File.CreateSymbolicLink(_folder["link.csv"], Write("rows.csv", "one"));
        await ReadAsync(_folder["link.csv"], _later);

        Write("rows.csv", "two");

        (await ReadAsync(_folder["link.csv"], _later)).ShouldBe(Digest.Of("two"));
    }

    [Fact]
    public async Task A_missing_file_is_told() =>
        await Should.ThrowAsync<FileNotFoundException>(ReadAsync(_folder["none.csv"], _later));

    public void Dispose() => _folder.Dispose();

    private async Task<Digest> ReadAsync(string path, TimeProvider time)
    {
        var digests = new FileDigests(Index, time);
        var digest = await digests.OfAsync(path, CancellationToken.None);
        await digests.SaveAsync(CancellationToken.None);
        return digest;
    }

    private void Rewrite(Func<string, string> change)
    {
        var text = File.ReadAllText(Index);
        var body = change(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        File.WriteAllText(Index, Digest.Of(body).Hex + "\n" + body, new UTF8Encoding(false));
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }
}

using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Content.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private const int Large = 4_000_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_on_the_way_are_made()
    {
        await AtomicFile.WriteAsync(_folder["a/b/file.json"], "new"u8.ToArray(), CancellationToken.None);

        File.ReadAllText(_folder["a/b/file.json"]).ShouldBe("new");
    }

    [Fact]
    public async Task An_earlier_file_is_replaced_even_by_a_shorter_one_and_nothing_else_is_left()
    {
        File.WriteAllText(_folder["file.json"], "the old and longer content");

        await AtomicFile.WriteAsync(_folder["file.json"], "new"u8.ToArray(), CancellationToken.None);

        File.ReadAllText(_folder["file.json"]).ShouldBe("new");
        Directory.GetFileSystemEntries(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reader_sees_the_old_or_the_new_content_and_never_half()
    {
        var path = _folder["file.json"];
        byte[][] contents = [Filled('a'), Filled('b')];
        await AtomicFile.WriteAsync(path, contents[0], CancellationToken.None);
        var writer = Task.Run(async () =>
        {
            for (var round = 1; round <= 20; round++)
            {
                await AtomicFile.WriteAsync(path, contents[round % 2], CancellationToken.None);
            }
        });

        do
        {
            AssertWhole(await File.ReadAllBytesAsync(path));
        }
        while (!writer.IsCompleted);

        await writer;
    }

    [Fact]
    public async Task A_writer_killed_at_any_point_leaves_a_whole_file_that_can_be_replaced()
    {
        var path = _folder["file.json"];
        using (var writer = await OtherProcess.StartAsync("write", path, Large.ToString()))
        {
            await writer.KillAsync();
        }

        AssertWhole(File.ReadAllBytes(path));
        await AtomicFile.WriteAsync(path, "new"u8.ToArray(), CancellationToken.None);
        File.ReadAllText(path).ShouldBe("new");
    }

    [Fact]
    public async Task Several_writers_at_once_do_not_meet_in_a_temporary_file()
    {
        var path = _folder["file.json"];

        await Task.WhenAll(
            "abcdefgh".Select(letter => Task.Run(() => AtomicFile.WriteAsync(path, Filled(letter), CancellationToken.None))));

        AssertWhole(File.ReadAllBytes(path));
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_the_callers_to_repair()
    {
        File.WriteAllText(_folder["parent"], "a file, not a folder");

        var failure = await Should.ThrowAsync<UsageException>(
            AtomicFile.WriteAsync(_folder["parent/file.json"], "new"u8.ToArray(), CancellationToken.None));

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.Where.ShouldBe(_folder["parent/file.json"]);
        finding.Fix.ShouldNotBeNullOrEmpty();
        File.ReadAllText(_folder["parent"]).ShouldBe("a file, not a folder");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_no_temporary_file()
    {
        Directory.CreateDirectory(_folder["file.json/inside"]);

        await Should.ThrowAsync<UsageException>(AtomicFile.WriteAsync(_folder["file.json"], "new"u8.ToArray(), CancellationToken.None));

        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder["file.json"]]);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_content_and_no_temporary_file()
    {
        File.WriteAllText(_folder["file.json"], "old");

        await Should.ThrowAsync<OperationCanceledException>(
            AtomicFile.WriteAsync(_folder["file.json"], "new"u8.ToArray(), new(canceled: true)));

        File.ReadAllText(_folder["file.json"]).ShouldBe("old");
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    private static byte[] Filled(char letter) => Encoding.UTF8.GetBytes(new string(letter, Large));

    private static void AssertWhole(byte[] content)
    {
        content.Length.ShouldBe(Large);
        content.AsSpan().IndexOfAnyExcept(content[0]).ShouldBe(-1);
    }
}

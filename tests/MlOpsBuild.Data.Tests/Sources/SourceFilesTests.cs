using MlOpsBuild.Core;
using MlOpsBuild.Data.Simulation;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Sources.Tests;

public sealed class SourceFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SourceFilesTests()
    {
        Directory.CreateDirectory(_folder["data"]);
        foreach (var name in new[] { "b.csv", "B.csv", "a.csv", "10.csv", "9.csv", "notes.txt" })
        {
            File.WriteAllText(_folder[$"data/{name}"], name);
        }
    }

    [Fact]
    public async Task A_pattern_finds_files_in_natural_order_with_their_digests()
    {
        var files = await FindAsync(DataSource.Files("data/*.csv"), _folder.Path);

        files.Select(file => Path.GetFileName(file.Path)).ShouldBe(["9.csv", "10.csv", "B.csv", "a.csv", "b.csv"]);
        files.Select(file => file.Digest)
            .ShouldBe([Digest.Of("9.csv"), Digest.Of("10.csv"), Digest.Of("B.csv"), Digest.Of("a.csv"), Digest.Of("b.csv")]);
    }

    [Fact]
    public async Task A_rooted_path_is_taken_as_it_is()
    {
        var files = await FindAsync(DataSource.Files(_folder["data/a.csv"]), "/nowhere");

        files.ShouldHaveSingleItem().Path.ShouldBe(_folder["data/a.csv"]);
    }

    [Theory]
    [InlineData("data/none.csv")]
    [InlineData("data/*.parquet")]
    [InlineData("absent/*.csv")]
    public async Task A_missing_file_is_wrong_usage_and_says_where_it_looked(string pattern)
    {
        var failure = await Should.ThrowAsync<UsageException>(() => FindAsync(DataSource.Files(pattern), _folder.Path));

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("Data file not found");
        finding.Where.ShouldBe(_folder[pattern]);
        finding.Fix!.ShouldContain("--data");
    }

    [Theory]
    [InlineData("**/*.csv", 7)]
    [InlineData("da*/?.csv", 4)]
    [InlineData("data/deep/*/c.csv", 1)]
    [InlineData("*/1?.csv", 1)]
    public async Task Folders_may_be_patterns_too(string pattern, int files)
    {
        Directory.CreateDirectory(_folder["data/deep/er"]);
        await File.WriteAllTextAsync(_folder["data/deep/er/c.csv"], "c");
        await File.WriteAllTextAsync(_folder["data/deep/d.csv"], "d");

        (await FindAsync(DataSource.Files(pattern), _folder.Path)).Count.ShouldBe(files);
    }

    [Fact]
    public async Task What_is_no_regular_file_is_refused_and_not_waited_for()
    {
        Directory.CreateDirectory(_folder["data/folder"]);
        File.CreateSymbolicLink(_folder["data/zero.csv"], "/dev/zero");
        File.CreateSymbolicLink(_folder["data/nothing.csv"], _folder["data/absent"]);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_folder["data/pipe.csv"]]))
        {
            await made.WaitForExitAsync();
        }

        (await RefusedAsync("data/folder")).Value.ShouldBe("a folder");
        (await RefusedAsync("data/zero.csv")).What.ShouldBe("Empty, or not a regular file");
        (await RefusedAsync("data/pipe.csv")).What.ShouldBe("Empty, or not a regular file");
        (await RefusedAsync("data/nothing.csv")).What.ShouldBe("Data file not found");
        (await Should.ThrowAsync<UsageException>(FindAsync(DataSource.Files("data/*"), _folder.Path))).Findings.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_circle_of_links_ends_and_a_file_found_on_two_ways_is_one()
    {
        Directory.CreateDirectory(_folder["data/in/in"]);
        Directory.CreateSymbolicLink(_folder["data/in/circle"], _folder["data"]);
        await File.WriteAllTextAsync(_folder["data/in/in/c.csv"], "c");

        (await FindAsync(DataSource.Files("**/in/**/*.csv"), _folder.Path))
            .ShouldHaveSingleItem()
            .Path.ShouldBe(_folder["data/in/in/c.csv"]);
    }

    [Fact]
    public async Task A_link_to_a_file_is_the_file()
    {
        File.CreateSymbolicLink(_folder["data/link.csv"], _folder["data/a.csv"]);

        (await FindAsync(DataSource.Files("data/link.csv"), _folder.Path)).ShouldHaveSingleItem().Digest.ShouldBe(Digest.Of("a.csv"));
    }

    [Fact]
    public async Task A_simulator_has_no_files() =>
        (await FindAsync(DataSource.Simulated(new DemandSimulation()), _folder.Path)).ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<Artifact>> FindAsync(DataSource source, string root) =>
        SourceFiles.FindAsync(source, root, new(_folder["files.index"], TimeProvider.System), CancellationToken.None);

    private async Task<Finding> RefusedAsync(string path) =>
        (await Should.ThrowAsync<UsageException>(FindAsync(DataSource.Files(path), _folder.Path))).Findings.ShouldHaveSingleItem();
}

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
    public async Task A_pattern_finds_files_in_ordinal_order_with_their_digests()
    {
        var files = await SourceFiles.FindAsync(DataSource.Csv("data/*.csv"), _folder.Path, CancellationToken.None);

        files.Select(file => Path.GetFileName(file.Path)).ShouldBe(["10.csv", "9.csv", "B.csv", "a.csv", "b.csv"]);
        files.Select(file => file.Digest).ShouldBe([Digest.Of("10.csv"), Digest.Of("9.csv"), Digest.Of("B.csv"), Digest.Of("a.csv"), Digest.Of("b.csv")]);
    }

    [Fact]
    public async Task A_rooted_path_is_taken_as_it_is()
    {
        var files = await SourceFiles.FindAsync(DataSource.Csv(_folder["data/a.csv"]), "/nowhere", CancellationToken.None);

        files.ShouldHaveSingleItem().Path.ShouldBe(_folder["data/a.csv"]);
    }

    [Theory]
    [InlineData("data/none.csv")]
    [InlineData("data/*.parquet")]
    [InlineData("absent/*.csv")]
    public async Task A_missing_file_is_wrong_usage_and_says_where_it_looked(string pattern)
    {
        var failure = await Should.ThrowAsync<UsageException>(() => SourceFiles.FindAsync(DataSource.Csv(pattern), _folder.Path, CancellationToken.None));

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        var finding = failure.Findings.ShouldHaveSingleItem();
        finding.What.ShouldBe("Data file not found");
        finding.Where.ShouldBe(_folder[pattern]);
        finding.Fix!.ShouldContain("--data");
    }

    [Fact]
    public async Task A_simulator_has_no_files() =>
        (await SourceFiles.FindAsync(DataSource.Simulated(new DemandSimulation()), _folder.Path, CancellationToken.None)).ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();
}

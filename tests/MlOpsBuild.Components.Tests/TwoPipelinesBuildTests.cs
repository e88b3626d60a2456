using MlOpsBuild.Core;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Git;

namespace MlOpsBuild.Components.Tests;

public sealed class TwoPipelinesBuildTests : IDisposable
{
    private readonly TestRun _run = new();
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _home.Dispose();
        _run.Dispose();
    }

    [Fact]
    public async Task Both_are_trained_and_each_line_says_whose_it_is()
    {
        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "customers=900", "l2=3")).ShouldBe(0, _run.Output);

        _run.Output.Split('\n').Count(line => line.Trim() == "· Churn").ShouldBe(3);
        _run.Output.ShouldContain("linear model");
        _run.Output.ShouldContain("fast-tree model");
        (await _run.RecordsAsync()).ShouldHaveSingleItem().Parameters["l2"].ShouldBe("3");
        (await _run.Store.Runs.OfAsync("Churn", CancellationToken.None)).ShouldHaveSingleItem().Parameters["customers"].ShouldBe("900");
    }

    [Fact]
    public async Task A_parameter_that_neither_has_is_wrong()
    {
        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "l3=3")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("Unknown pipeline parameter");
    }

    [Fact]
    public async Task One_file_is_not_the_data_of_both()
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Root, "data.csv"), "x\n1\n");

        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--data", "data.csv")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("--pipeline with one of SmallDemand, Churn");
    }

    [Fact]
    public async Task Side_by_side_they_say_the_same_in_the_same_order()
    {
        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "customers=900")).ShouldBe(0, _run.Output);
        var inTurn = Models();
        Directory.Delete(Path.Combine(_run.Root, ".mlops"), recursive: true);

        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "customers=900", "--parallel", "2")).ShouldBe(0, _run.Output);

        Models().ShouldBe(inTurn);
    }

    [Fact]
    public async Task Side_by_side_a_failure_of_one_leaves_the_other_be()
    {
        // Too few customers for anything.
        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "customers=3", "--parallel", "2")).ShouldNotBe(0);

        _run.Output.ShouldContain("SmallDemand");
        _run.Output.ShouldContain("linear model");
    }

    [Fact]
    public async Task Only_pipelines_that_a_change_reaches_are_run()
    {
        await GitAsync("init", "--quiet");
        await CommitAsync("README.md", "first");
        await CommitAsync("tests/MlOpsBuild.Components.Tests/TwoPipelinesBuild.cs", "there");
        await CommitAsync("pipelines/Churn/Churn.cs", "changed");
        await _run.RunAsync<TwoPipelinesBuild>("Train", "--set", "customers=900", "--affected-by", "HEAD~1");

        _run.Output.ShouldContain("Churn is affected: pipelines/Churn/Churn.cs changed since HEAD~1");
        _run.Output.ShouldContain("SmallDemand is left out: none of 1 files that changed since HEAD~1 reaches it");
        (await _run.RecordsAsync()).ShouldBeEmpty();
        (await _run.Store.Runs.OfAsync("Churn", CancellationToken.None)).ShouldHaveSingleItem();

        await CommitAsync("README.md", "second");
        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--affected-by", "HEAD~1")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("no pipeline is affected");

        (await _run.RunAsync<TwoPipelinesBuild>("Train", "--affected-by", "nowhere")).ShouldBe(ExitCodes.WrongUsage);
        _run.Output.ShouldContain("git does not know this 'nowhere'");
    }

    // What each target says of models and data, without the times; the table's notes among it.
    private List<string> Models() =>
        [
            .. _run.Output.Split('\n')
                .Select(line => line.Contains('|', StringComparison.Ordinal) ? line.Split('|')[^2].Trim() : line.Trim())
                .Where(line => line.StartsWith('·')
                    || line.Contains("model ", StringComparison.Ordinal)
                    || line.Contains("keep the contract", StringComparison.Ordinal))
        ];

    private async Task CommitAsync(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_run.Root, file))!);
        await File.WriteAllTextAsync(Path.Combine(_run.Root, file), text);
        await GitAsync("add", file);
        await GitAsync("commit", "--quiet", "-m", text);
    }

    private Task<string> GitAsync(params string[] arguments) =>
        new GitClient(_home.Path).RunAsync(_run.Root, arguments, CancellationToken.None);
}

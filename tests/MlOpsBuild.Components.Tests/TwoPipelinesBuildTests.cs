using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Tests;

public sealed class TwoPipelinesBuildTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

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
}

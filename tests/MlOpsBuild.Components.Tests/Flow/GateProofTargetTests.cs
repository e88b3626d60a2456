using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What gates promise, and how often rows have been looked at, from the command line on.</summary>
public sealed class GateProofTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Our_gates_are_shown_beside_fixed_thresholds_on_the_pipelines_own_rows()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);

        (await _run.RunAsync<DeployingBuild>("GateSelfTest", "--pipeline", nameof(SmallDemand))).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("| errors as large");
        _run.Output.ShouldContain("fails when it is worse at all");
        _run.Output.ShouldContain("ours promise at most 5% false failures, of both gates together");
    }

    [Fact]
    public async Task Without_a_tested_run_there_is_nothing_to_draw_from()
    {
        (await _run.RunAsync<DeployingBuild>("GateSelfTest")).ShouldBe(ExitCodes.WrongUsage, _run.Output);

        _run.Output.ShouldContain("No tested predictions of numbers");
    }

    /// <summary>The same model judged twice is one look; another model on the same rows is another.</summary>
    [Fact]
    public async Task Models_that_the_same_rows_have_judged_are_counted()
    {
        await _run.RunAsync<DeployingBuild>("TestModel");
        await _run.RunAsync<DeployingBuild>("TestModel");
        (await LooksAsync()).ShouldBe([1, 1]);
        var first = (await RunsAsync())[0];
        await _run.Store.Runs.SaveAsync(
            first with { Id = _run.Store.Runs.NewId(first.Started), Model = Digest.Of("another model") }, CancellationToken.None);

        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);

        (await RunsAsync())[^1].HoldOutLooks.ShouldBe(2);
        _run.Output.ShouldContain("these rows have judged 2 models");
    }

    private async Task<IReadOnlyList<RunRecord>> RunsAsync() =>
        [.. (await _run.Store.Runs.OfAsync(nameof(SmallDemand), CancellationToken.None)).OrderBy(run => run.Id, StringComparer.Ordinal)];

    private async Task<IReadOnlyList<int?>> LooksAsync() => [.. (await RunsAsync()).Select(run => run.HoldOutLooks)];
}

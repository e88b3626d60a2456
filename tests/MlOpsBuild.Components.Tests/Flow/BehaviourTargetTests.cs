using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>How a model must behave decides like its gates.</summary>
public sealed class BehaviourTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task What_behaves_as_it_must_passes_and_says_so()
    {
        (await _run.RunAsync<BehavingBuild>("TestModel", "Report")).ShouldBe(0, _run.Output);

        _run.Output.ShouldMatch(@"rush hour is busy\s*\|\s*Passed\s*\|\s*14 of 14 rows hold it");
        _run.Output.ShouldMatch(@"the same whatever holiday is\s*\|\s*Passed\s*\|\s*the model does not read it");
        var record = (await RecordsAsync()).Single();
        (record.Verdict, record.Checks.Count).ShouldBe((Verdict.Passed, 2));
        (await ReportAsync(record)).ShouldContain("The gate passes on 336 hold-out rows, and all 2 tests of behaviour");

        (await _run.RunAsync<BehavingBuild>("TestModel")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("behaviour: restored");
    }

    [Fact]
    public async Task What_does_not_ends_with_3_and_shows_rows_although_every_gate_passes()
    {
        await _run.RunAsync<BehavingBuild>("TestModel", "Report");

        (await _run.RunAsync<BehavingBuild>("TestModel", "Report", "--set", "busy=1000000")).ShouldBe(ExitCodes.GateSaidNo, _run.Output);

        _run.Output.ShouldContain("behaviour, rush hour is busy: Failed, 0 of 14 rows hold it; not: {");
        _run.Output.ShouldContain("[MLB7099]");
        var record = (await RecordsAsync())[0];
        (record.Verdict, record.Gates.Single().Verdict).ShouldBe((Verdict.Failed, Verdict.Passed));
        var report = await ReportAsync(record);
        report.ShouldContain("Do not merge: rush hour is busy failed.");
        report.ShouldContain("1 of 2 tests did not pass: rush hour is busy");
    }

    private Task<IReadOnlyList<RunRecord>> RecordsAsync() => _run.Store.Runs.OfAsync(nameof(BehavingDemand), CancellationToken.None);

    private Task<string> ReportAsync(RunRecord record) =>
        File.ReadAllTextAsync(Path.Combine(_run.Root, ".mlops", "reports", record.Id, "report.md"));
}

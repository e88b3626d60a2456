using MlOpsBuild.Components.Tests;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Gates;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>What a candidate depends on, from the command line to the evidence that is kept.</summary>
public sealed class ExplanationTargetTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_tested_candidate_says_what_it_depends_on()
    {
        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("RMSE worse when shuffled");
        var record = (await _run.RecordsAsync()).Single();
        var evidence = CanonicalJson.Deserialize<Evidence>(
            await _run.Store.Blobs.ReadAsync(record.Evidence!.Value, CancellationToken.None));
        evidence.Explanation!.Columns.Select(column => column.Column).Order().ShouldBe(["hr", "temp"]);
        evidence.Explanation.Columns.ShouldAllBe(column => column.Loss > 0 && column.Contribution > 0);
        evidence.Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task The_same_model_is_asked_once()
    {
        await _run.RunAsync<DeployingBuild>("TestModel");

        (await _run.RunAsync<DeployingBuild>("TestModel")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("explain: restored");
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class StageForecastTests : IDisposable
{
    private readonly Machines _machines = new();
    private readonly Machine _machine;

    public StageForecastTests() => _machine = _machines.Alone();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task A_known_stage_is_restored_as_ever()
    {
        var run = await _machine.StageAsync(1);
        var before = _machine.Files();

        var foretold = await ForecastAsync(1);

        (foretold.Restored, foretold.Key).ShouldBe((true, run.Key));
        foretold.Outputs["rows.csv"].ShouldBe(run.Outputs["rows.csv"]);
        _machine.Files().ShouldBe(before);
    }

    [Theory]
    [InlineData(false, "first run")]
    [InlineData(true, "rows 1 → 2")]
    public async Task A_stage_that_would_run_is_told_with_the_first_difference_and_does_not_run(bool ranBefore, string reason)
    {
        _ = ranBefore ? await _machine.StageAsync(1) : null;
        var before = _machine.Files();

        var foretold = await Should.ThrowAsync<StageWouldRunException>(ForecastAsync(2));

        (foretold.Stage, foretold.Reason).ShouldBe(("rows", reason));
        _machine.Files().ShouldBe(before);
        (await _machine.StageAsync(2)).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("contract.json")]
    public async Task A_damaged_output_is_foretold_and_left_as_it_is(string output)
    {
        var run = await _machine.StageAsync(1);
        File.WriteAllText(run.Outputs[output].Path, "damaged");

        (await Should.ThrowAsync<StageWouldRunException>(ForecastAsync(1))).Reason.ShouldBe("stored outputs are missing or damaged");

        File.ReadAllText(run.Outputs[output].Path).ShouldBe("damaged");
    }

    private Task<StageRun<RowsResult>> ForecastAsync(int rows) =>
        _machine.Store.Stages(Machine.Pipeline, forecast: true).RunAsync(
            new RowsStage { During = () => throw new InvalidOperationException("It ran.") }, new(rows), new ReportedLines(),
            CancellationToken.None);
}

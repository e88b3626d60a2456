using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Tests;

public sealed class LevelTwoBuildTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_first_run_executes_every_stage_and_a_second_one_none()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("SIMULATED");
        (await _run.RunAsync<LevelTwoBuild>("Train")).ShouldBe(0, _run.Output);

        var records = await _run.RecordsAsync();
        records.Select(record => (record.Stages.Count, record.StagesExecuted)).ShouldBe([(3, 0), (3, 3)]);
        records[1].Stages.Select(stage => stage.Stage).ShouldBe(["ingest", "validate", "train"]);
        records[0].Model.ShouldNotBeNull().ShouldBe(records[1].Model.ShouldNotBeNull());
        _run.Output.ShouldContain("train: restored");
    }

    [Fact]
    public async Task A_record_says_what_was_asked_with_which_data_and_parameters()
    {
        await _run.RunAsync<LevelTwoBuild>("Train", "--set", "l2=3");

        var record = (await _run.RecordsAsync()).ShouldHaveSingleItem();
        record.Targets.ShouldBe(["Train"]);
        (record.Simulated, record.Rows, record.Seed, record.ProcessesStarted).ShouldBe((true, 120 * 24, 1, 0));
        (record.Parameters["l2"], record.Parameters["simulation-seed"]).ShouldBe(("3", "1"));
        record.Machine.Keys.ShouldBe(["architecture", "cores", "os", "runtime"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_target_runs_what_it_needs_and_no_more()
    {
        (await _run.RunAsync<LevelTwoBuild>("ValidateData")).ShouldBe(0, _run.Output);

        (await _run.RecordsAsync()).ShouldHaveSingleItem().Stages.Select(stage => stage.Stage).ShouldBe(["ingest", "validate"]);
    }

    [Fact]
    public async Task An_unknown_pipeline_is_a_wrong_call_that_lists_the_known_ones()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--pipeline", "LargeDemand")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("--pipeline");
        _run.Output.ShouldContain("'LargeDemand'");
        _run.Output.ShouldContain("expected SmallDemand");
    }

    [Fact]
    public async Task A_missing_data_file_is_a_wrong_call_that_names_the_path()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--data", "data/nowhere.csv")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("data/nowhere.csv");
        (await _run.RecordsAsync()).SelectMany(record => record.Stages).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("l3=1", "Unknown pipeline parameter")]
    [InlineData("l2=much", "Not a value of this parameter")]
    [InlineData("l2", "Not a setting")]
    public async Task A_setting_that_does_not_fit_is_a_wrong_call(string setting, string problem)
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--set", setting)).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain(problem);
        _run.Output.ShouldContain("l2");
    }

    [Fact]
    public async Task All_settings_that_do_not_fit_are_told_at_once()
    {
        (await _run.RunAsync<LevelTwoBuild>("Train", "--set", "l3=1", "l2=much")).ShouldBe(ExitCodes.WrongUsage);

        _run.Output.ShouldContain("--set l3");
        _run.Output.ShouldContain("--set l2");
    }

    [Fact]
    public async Task Maturity_compares_what_is_declared_with_what_was_done()
    {
        (await _run.RunAsync<LevelTwoBuild>("Maturity")).ShouldBe(0, _run.Output);
        _run.Output.ShouldContain("declared level 2 (ContinuousTraining), supported by evidence: 0 (Manual)");
        await _run.RunAsync<LevelTwoBuild>("Train");

        await _run.RunAsync<LevelTwoBuild>("Maturity");

        _run.Output.ShouldContain("declared level 2 (ContinuousTraining), supported by evidence: 2 (ContinuousTraining)");
        _run.Output.ShouldContain("next missing piece: gates passed on a hold-out. How: ./build.sh TestModel");
    }
}

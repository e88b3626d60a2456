using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Stages.Tests;

/// <summary>Outputs of stages that another machine ran: fetched or made again when needed, and not before.</summary>
public sealed class DeferredOutputTests : IDisposable
{
    private readonly Machines _machines = new();
    private readonly ReportedLines _lines = new();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task A_result_of_the_team_is_restored_without_its_files()
    {
        var (one, two) = await TwoAsync();
        var made = await RowsAsync(one, 1);
        await ShareAsync(one, two);

        var stage = new RowsStage();
        var restored = await RowsAsync(two, 1, stage);

        (restored.Restored, restored.Key, stage.Runs).ShouldBe((true, made.Key, 0));
        restored.Result.Rows.ShouldBe(1);
        restored.Outputs["rows.csv"].Digest.ShouldBe(made.Outputs["rows.csv"].Digest);
        File.Exists(restored.Outputs["rows.csv"].Path).ShouldBeFalse();
        _lines.Lines.ShouldBe(["rows runs: first run"]);
    }

    [Fact]
    public async Task Files_that_travelled_are_fetched_when_a_stage_that_runs_needs_them()
    {
        var (one, two) = await TwoAsync();
        await RowsAsync(one, 1);
        await ShareAsync(one, two);
        var stage = new RowsStage();
        var restored = await RowsAsync(two, 1, stage);

        var copy = await CopyAsync(two, restored);

        (copy.Restored, copy.Result, stage.Runs).ShouldBe((false, "1 rows".Length, 0));
        File.ReadAllText(copy.Outputs["copy.csv"].Path).ShouldBe("1 rows1 rows1 rows");
        _lines.Lines.ShouldNotContain(line => line.Contains("runs again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_did_not_travel_are_made_again_when_a_stage_that_runs_needs_them_and_it_is_said()
    {
        var (one, two) = await TwoAsync(blobLimit: 700);
        await RowsAsync(one, 1, new() { During = () => Task.CompletedTask }, contract: new('c', 1000));
        await ShareAsync(one, two);
        var stage = new RowsStage();
        var restored = await RowsAsync(two, 1, stage, contract: new('c', 1000));
        (restored.Restored, stage.Runs).ShouldBe((true, 0));

        var copy = await CopyAsync(two, restored);

        (copy.Restored, stage.Runs).ShouldBe((false, 1));
        _lines.Lines.ShouldContain("rows runs again: contract.json did not travel");
        File.ReadAllText(restored.Outputs["contract.json"].Path).ShouldBe(new string('c', 1000));
        await CopyAsync(two, restored);
        stage.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_of_restored_stages_is_made_again_in_its_order()
    {
        var (one, two) = await TwoAsync(blobLimit: 400);
        var (contract, copies) = (new string('c', 500), new CopyStage());
        await CopyAsync(one, await RowsAsync(one, 1, contract: contract), output: "contract.json");
        await ShareAsync(one, two);

        var rows = new RowsStage();
        var restored = await CopyAsync(two, await RowsAsync(two, 1, rows, contract), copies, "contract.json");
        (restored.Restored, rows.Runs, copies.Runs).ShouldBe((true, 0, 0));
        await two.Store.MaterialiseAsync(_lines, CancellationToken.None);

        (rows.Runs, copies.Runs).ShouldBe((1, 1));
        File.ReadAllText(restored.Outputs["copy.csv"].Path).ShouldBe(contract + contract + contract);
        await two.Store.MaterialiseAsync(_lines, CancellationToken.None);
        (rows.Runs, copies.Runs).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_stage_that_gives_another_result_this_time_is_told_and_nothing_is_built_on_it()
    {
        var (one, two) = await TwoAsync(blobLimit: 400);
        var contract = new string('c', 500);
        await CopyAsync(one, await RowsAsync(one, 1, contract: contract), new CopyStage(() => "one"), "contract.json");
        await ShareAsync(one, two);
        var restored = await CopyAsync(two, await RowsAsync(two, 1, contract: contract), new CopyStage(() => "two"), "contract.json");
        restored.Restored.ShouldBeTrue();

        var finding = (await Should.ThrowAsync<StageFailedException>(two.Store.MaterialiseAsync(_lines, CancellationToken.None)))
            .Findings.ShouldHaveSingleItem();

        (finding.What, finding.Where, finding.Expected).ShouldBe(
            ("A stage gave another result for the same inputs", "copy: copy.csv", restored.Outputs["copy.csv"].Digest.ToString()));
        finding.Value.ShouldBe(Digest.Of(contract + contract + contract + "two").ToString());
        finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_forecast_neither_fetches_files_nor_makes_them()
    {
        var (one, two) = await TwoAsync(blobLimit: 400);
        await RowsAsync(one, 1, contract: new('c', 500));
        await ShareAsync(one, two);
        var stage = new RowsStage();
        var restored = await two.Store.Stages(Machine.Pipeline, forecast: true)
            .RunAsync(stage, new(1, new('c', 500)), _lines, CancellationToken.None);

        await Should.ThrowAsync<StageWouldRunException>(two.Store.Stages(Machine.Pipeline, forecast: true).RunAsync(
            new CopyStage(), restored.Outputs["rows.csv"], _lines, CancellationToken.None));

        stage.Runs.ShouldBe(0);
        restored.Outputs.Values.ShouldAllBe(output => !File.Exists(output.Path));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_by_the_teams_before_it_is_needed()
    {
        var (one, two) = await TwoAsync();
        await RowsAsync(one, 1);
        await ShareAsync(one, two);
        await two.Store.Team!.PullAsync(CancellationToken.None);
        await RowsAsync(two, 1);
        await two.Store.MaterialiseAsync(_lines, CancellationToken.None);
        var again = await _machines.JoinAsync("two");
        File.WriteAllText(again.Store.Blobs.PathOf(Digest.Of("1 rows")), "damaged");
        var stage = new RowsStage();

        (await CopyAsync(again, await RowsAsync(again, 1, stage))).Result.ShouldBe("1 rows".Length);

        stage.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_team_a_missing_file_is_made_again_at_once()
    {
        var machine = _machines.Alone();
        File.Delete((await RowsAsync(machine, 1)).Outputs["rows.csv"].Path);
        var stage = new RowsStage();

        (await RowsAsync(machine, 1, stage)).Reason.ShouldBe("stored outputs are missing or damaged");

        stage.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_machine_that_never_ran_the_stage_compares_with_the_newest_run_of_anybody()
    {
        var (one, two) = await TwoAsync();
        await one.RunOfAsync(await RowsAsync(one, 1));
        await one.RunOfAsync(await RowsAsync(one, 2));
        await ShareAsync(one, two);

        (await RowsAsync(two, 3)).Reason.ShouldBe("rows 2 → 3");
    }

    private async Task<(Machine One, Machine Two)> TwoAsync(long? blobLimit = null) =>
        (await _machines.JoinAsync("one", blobLimit), await _machines.JoinAsync("two", blobLimit));

    private static async Task ShareAsync(Machine from, Machine to)
    {
        (await from.Store.Team!.PublishAsync(CancellationToken.None)).Unsent.ShouldBe(0);
        (await to.Store.Team!.PullAsync(CancellationToken.None)).Reached.ShouldBeTrue();
    }

    private Task<StageRun<RowsResult>> RowsAsync(Machine machine, int rows, RowsStage? stage = null, string contract = "first") =>
        machine.Store.Stages(Machine.Pipeline).RunAsync(stage ?? new(), new(rows, contract), _lines, CancellationToken.None);

    private Task<StageRun<int>> CopyAsync(
        Machine machine, StageRun<RowsResult> rows, CopyStage? stage = null, string output = "rows.csv") =>
        machine.Store.Stages(Machine.Pipeline).RunAsync(stage ?? new(), rows.Outputs[output], _lines, CancellationToken.None);
}

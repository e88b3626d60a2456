using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Stages.Tests;

public sealed class StageRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stage_runs_once_and_is_restored_after_that()
    {
        var stage = new RowsStage();

        var first = await RunAsync(stage, new(1));
        var second = await RunAsync(stage, new(1));

        stage.Runs.ShouldBe(1);
        (first.Restored, second.Restored).ShouldBe((false, true));
        (first.Reason, second.Reason).ShouldBe(("first run", null));
        (second.Stage, second.Key).ShouldBe(("rows", first.Key));
        second.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal)
            .ShouldBe(first.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_restored_result_equals_the_original_in_every_part()
    {
        var first = await RunAsync(new RowsStage(), new(1));
        var second = await RunAsync(new RowsStage(), new(1));

        second.Restored.ShouldBeTrue();
        second.Result.Numbers.ShouldBe(first.Result.Numbers);
        second.Result.Digests.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ShouldBe(first.Result.Digests.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        (second.Result with { Numbers = first.Result.Numbers, Digests = first.Result.Digests }).ShouldBe(first.Result);
    }

    [Fact]
    public async Task Files_a_stage_wrote_are_outputs_by_name_with_their_content()
    {
        var run = await RunAsync(new RowsStage(), new(7, "second"));

        run.Outputs.Keys.ShouldBe(["contract.json", "rows.csv"], ignoreOrder: true);
        File.ReadAllText(run.Outputs["rows.csv"].Path).ShouldBe("7 rows");
        File.ReadAllText(run.Outputs["contract.json"].Path).ShouldBe("second");
        run.Outputs.Values.ShouldAllBe(output => output.Digest == Digest.Of(File.ReadAllBytes(output.Path)));
    }

    [Fact]
    public async Task A_run_tells_its_time_and_a_restored_one_also_the_original_time()
    {
        var stage = new RowsStage { During = () => Pass(TimeSpan.FromSeconds(41)) };

        var first = await RunAsync(stage, new(1));
        var second = await RunAsync(stage, new(1));

        (first.Took, first.OriginallyTook).ShouldBe((TimeSpan.FromSeconds(41), TimeSpan.FromSeconds(41)));
        (second.Took, second.OriginallyTook).ShouldBe((TimeSpan.Zero, TimeSpan.FromSeconds(41)));
    }

    [Fact]
    public async Task Going_back_to_earlier_inputs_restores_their_result()
    {
        var stage = new RowsStage();
        await RunAsync(stage, new(1));
        await RunAsync(stage, new(2));

        var back = await RunAsync(stage, new(1));

        (back.Restored, back.Result.Rows, stage.Runs).ShouldBe((true, 1, 2));
    }

    [Fact]
    public async Task Equal_work_is_shared_between_pipelines()
    {
        await RunAsync(new RowsStage(), new(1));

        (await RunAsync(new RowsStage(), new(1), pipeline: "Other")).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_runners_at_once_on_the_same_key_give_equal_results()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stage = new RowsStage { During = () => Signal(started, goOn.Task) };
        var one = RunAsync(stage, new(1));
        await started.Task;
        var two = RunAsync(stage, new(1));
        goOn.SetResult();

        var runs = await Task.WhenAll(one, two);

        CanonicalJson.Serialize(runs[1].Result).ShouldBe(CanonicalJson.Serialize(runs[0].Result));
        runs[1].Key.ShouldBe(runs[0].Key);
        runs[1].Outputs["rows.csv"].ShouldBe(runs[0].Outputs["rows.csv"]);
        Directory.EnumerateDirectories(_folder[".mlops/tmp"]).ShouldBeEmpty();
        (await RunAsync(stage, new(1))).Restored.ShouldBeTrue();
    }

    [Fact]
    public async Task Many_runners_at_once_on_different_keys_keep_their_results_apart()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(rows => Task.Run(() => RunAsync(new RowsStage(), new(rows)))));

        runs.Select(run => run.Result.Rows).ShouldBe(Enumerable.Range(0, 12));
        runs.Select(run => File.ReadAllText(run.Outputs["rows.csv"].Path)).ShouldBe(Enumerable.Range(0, 12).Select(rows => $"{rows} rows"));
    }

    private Task<StageRun<RowsResult>> RunAsync(RowsStage stage, RowsInput input, string pipeline = "Demand") =>
        MlOpsStore.At(_folder.Path, _time).Stages(pipeline).RunAsync(stage, input, new ReportedLines(), CancellationToken.None);

    private Task Pass(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    private static Task Signal(TaskCompletionSource started, Task goOn)
    {
        started.TrySetResult();
        return goOn;
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Backtesting;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages.Tests;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class TrialStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Fact]
    public async Task Its_folds_are_the_cuts_of_a_back_test()
    {
        var (data, pipeline) = (_folder.Simulated(days: 180), StageFolder.Pipeline());

        var trial = await RunAsync(data, pipeline);

        var (result, _) = await _folder.RunAsync(new BacktestStage(), new BacktestInput(data, pipeline, 3, 20, [TrainingWindow.All]));
        trial.ByFold.ShouldBe(result.Windows[0].ByCut.Select(metric => metric.Value));
    }

    /// <summary>Whatever the hold-out says, even that nobody ever rides: the search does not hear of it.</summary>
    [Fact]
    public async Task The_hold_out_is_never_seen()
    {
        var (data, pipeline) = (_folder.Simulated(days: 180), StageFolder.Pipeline());
        var lines = File.ReadAllLines(data.Files[0].Path);
        var changed = _folder.Text(string.Concat(lines.Select((line, row) =>
            row > (180 - 60) * 24 ? string.Join(',', [.. line.Split(',')[..^3], "0", "0", "0"]) + "\n" : line + "\n")));

        (await RunAsync(changed, pipeline)).ByFold.ShouldBe((await RunAsync(data, pipeline)).ByFold);
    }

    [Fact]
    public async Task On_a_share_of_the_rows_it_learns_from_the_newest_ones()
    {
        var (data, pipeline) = (_folder.Simulated(days: 180), StageFolder.Pipeline());

        var third = await RunAsync(data, pipeline, 1.0 / 3);

        third.ByFold.Count.ShouldBe(3);
        third.ByFold[0].ShouldNotBe((await RunAsync(data, pipeline)).ByFold[0]);
        var (result, _) = await _folder.RunAsync(new BacktestStage(), new BacktestInput(data, pipeline, 3, 20, [TrainingWindow.Last(20)]));
        third.ByFold[0].ShouldBe(result.Windows[0].ByCut[0].Value);
    }

    [Theory]
    [InlineData("what is held out")]
    [InlineData("the seed")]
    [InlineData("the metric of the first gate")]
    public async Task A_trial_that_changes_what_it_is_judged_on_is_refused(string what)
    {
        var pipeline = StageFolder.Pipeline();
        var rows = new TuningRows(_folder.Simulated(), pipeline, 3);
        var changed = what switch
        {
            "what is held out" => pipeline with { HoldOut = new LastDays(5) },
            "the seed" => pipeline with { Seed = 7 },
            _ => pipeline with { Gates = [.. pipeline.Gates.Reverse()] },
        };

        (await Should.ThrowAsync<UsageException>(() => _folder.RunAsync(new TrialStage(), new TrialInput(rows, changed, 1))))
            .Findings[0].Value.ShouldBe(what);
    }

    [Fact]
    public async Task Too_few_rows_are_not_enough_data() =>
        (await Should.ThrowAsync<StageFailedException>(() => RunAsync(
            _folder.Simulated(days: 12), StageFolder.Pipeline() with { HoldOut = new LastDays(8) })))
        .Verdict.ShouldBe(Verdict.Inconclusive);

    /// <summary>Two thousand resamplings of whole days say what the better of two trials gains.</summary>
    [Fact]
    public async Task The_best_trial_is_told_beside_the_declared_one_with_an_interval()
    {
        var (data, pipeline) = (_folder.Simulated(days: 180), StageFolder.Pipeline(("l2", "100000")));
        var rows = new TuningRows(data, pipeline, 3);

        var (proof, _) = await _folder.RunAsync(
            new TuningProofStage(), new TuningProofInput(rows, pipeline, StageFolder.Pipeline(("l2", "1"))));

        proof.Best.Value.ShouldBeLessThan(proof.Declared.Value);
        proof.Difference!.Upper.ShouldBeLessThan(0);
        (proof.Best.Rows, proof.Best.Name).ShouldBe((3 * 20 * 24, "RMSE"));
    }

    [Fact]
    public void Another_value_another_share_and_other_folds_are_another_key()
    {
        var (data, pipeline) = (_folder.Simulated(), StageFolder.Pipeline());
        TrialInput[] inputs =
        [
            new(new(data, pipeline, 3), pipeline, 1), new(new(data, pipeline, 4), pipeline, 1),
            new(new(data, pipeline, 3), pipeline, 1.0 / 3),
            new(new(data, pipeline, 3), StageFolder.Pipeline(("l2", "2")), 1),
        ];

        inputs.Select(input => Digest.Of(CanonicalJson.Serialize(new TrialStage().Key(input)))).Distinct().Count().ShouldBe(4);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TrialResult> RunAsync(SnapshotFiles data, PipelineSpec pipeline, double share = 1) =>
        (await _folder.RunAsync(new TrialStage(), new TrialInput(new(data, pipeline, 3), pipeline, share))).Result;
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Stages;
using MlOpsBuild.Modeling.Stages.Tests;
using MlOpsBuild.Modeling.Training;

namespace MlOpsBuild.Modeling.Backtesting.Tests;

public sealed class BacktestStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    /// <summary>What training and testing say of data that ends where the cut's prediction ends.</summary>
    [Fact]
    public async Task A_cut_gives_what_training_gave_on_that_day()
    {
        var pipeline = StageFolder.Pipeline();
        var (result, _) = await _folder.RunAsync(
            new BacktestStage(), new BacktestInput(_folder.Simulated(days: 180), pipeline, Cuts: 2, Horizon: 20, [TrainingWindow.All]));

        result.Cuts.Select(cut => (cut.From, cut.To, cut.Rows)).ShouldBe(
        [
            (new DateOnly(2011, 3, 22), new DateOnly(2011, 4, 10), 480), (new DateOnly(2011, 4, 11), new DateOnly(2011, 4, 30), 480)
        ]);
        foreach (var (days, cut) in new[] { (100, 0), (120, 1) })
        {
            var then = (Data: _folder.Simulated(days), Pipeline: pipeline with { HoldOut = new LastDays(20) });
            var trained = (await _folder.RunAsync(new TrainStage(), new TrainInput(then.Data, then.Pipeline))).Output(TrainStage.ModelFile);
            var metrics =
                (await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(trained, HoldOutRows.Of(then.Data, then.Pipeline)))).Result;
            result.Windows[0].ByCut[cut].ShouldBe(metrics.Single(metric => metric.Name == "RMSE"));
            result.Windows[0].TrainedOn[cut].ShouldBe((days - 20) * 24);
        }
    }

    [Fact]
    public async Task What_the_pipeline_holds_out_changes_nothing()
    {
        var input = new BacktestInput(_folder.Simulated(days: 180), StageFolder.Pipeline(), 2, 20, []);
        var longer = input with { Snapshot = _folder.Simulated(days: 185), Pipeline = input.Pipeline with { HoldOut = new LastDays(65) } };

        CanonicalJson.Serialize((await _folder.RunAsync(new BacktestStage(), input)).Result)
            .ShouldBe(CanonicalJson.Serialize((await _folder.RunAsync(new BacktestStage(), longer)).Result));
    }

    [Fact]
    public async Task A_window_that_forgets_an_old_world_is_better_beyond_chance()
    {
        var (result, _) = await _folder.RunAsync(new BacktestStage(), new BacktestInput(
            Shifted(), StageFolder.Pipeline(), 2, 20, [TrainingWindow.All, TrainingWindow.Last(30), TrainingWindow.Weighted(15)]));

        result.Best.ShouldBe("last:30");
        result.Windows[1].TrainedOn.ShouldBe([720, 720]);
        result.Windows[2].TrainedOn.ShouldBe([80 * 24, 100 * 24]);
        result.Windows[1].Difference!.Upper.ShouldBeLessThan(0);
        result.Windows[2].Difference!.Upper.ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Where_nothing_is_told_three_windows_are_compared()
    {
        var (result, _) = await _folder.RunAsync(
            new BacktestStage(), new BacktestInput(_folder.Simulated(days: 180), StageFolder.Pipeline(), 1, null, []));

        result.Horizon.ShouldBe(60);
        result.Windows.Select(window => window.Window).ShouldBe(["all", "last:30", "weighted:15"]);
    }

    [Fact]
    public async Task Too_few_days_for_the_cuts_are_not_enough_data()
    {
        var failure = await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new BacktestStage(), new BacktestInput(_folder.Simulated(days: 180), StageFolder.Pipeline(), 6, 20, [])));

        (failure.Verdict, failure.Findings[0].Value).ShouldBe((Verdict.Inconclusive, "120 days before the hold-out"));
    }

    [Fact]
    public async Task A_window_with_too_few_rows_is_not_enough_data() =>
        (await Should.ThrowAsync<StageFailedException>(() => _folder.RunAsync(
            new BacktestStage(), new BacktestInput(_folder.Simulated(days: 180), StageFolder.Pipeline(), 2, 20, [TrainingWindow.Last(2)]))))
            .Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public async Task A_trainer_without_weights_is_not_asked_for_them_and_refuses_them()
    {
        var input = new BacktestInput(_folder.Simulated(days: 180), StageFolder.Pipeline() with { Trainer = new Unweighted() }, 1, 20, []);

        (await _folder.RunAsync(new BacktestStage(), input)).Result.Windows.Select(window => window.Window).ShouldBe(["all", "last:50"]);
        (await Should.ThrowAsync<UsageException>(() => _folder.RunAsync(
            new BacktestStage(), input with { Windows = [TrainingWindow.Weighted(9)] })))
            .Findings[0].Value.ShouldBe("weighted:9");
    }

    public void Dispose() => _folder.Dispose();

    // From day 60 on, demand is three times what it was.
    private SnapshotFiles Shifted()
    {
        var lines = File.ReadAllLines(_folder.Simulated(days: 180).Files[0].Path);
        var count = lines[0].Split(',').ToList().IndexOf("cnt");
        return _folder.Text(string.Concat(lines.Select((line, index) =>
        {
            var cells = line.Split(',');
            cells[count] = index is > 0 and < 60 * 24 ? "3" : cells[count];
            return string.Join(',', cells) + "\n";
        })));
    }

    private sealed record Unweighted : TrainerSpec
    {
        public override string Kind => "unweighted";

        public override Scoring.TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken) =>
            Trainers.Linear().Fit(rows, cancellationToken);
    }
}

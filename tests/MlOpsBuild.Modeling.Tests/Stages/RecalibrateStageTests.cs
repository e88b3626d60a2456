using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Stages.Tests;

/// <summary>The world moves under a model: its order is still right, its probabilities are not.</summary>
public sealed class RecalibrateStageTests : IDisposable
{
    private const int Moved = 100;
    private static readonly DateOnly First = new(2026, 1, 1);
    private readonly StageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    public async Task A_champion_is_calibrated_on_what_came_since_and_is_otherwise_the_same(CalibrationMethod method)
    {
        var (champion, through) = await ChampionAsync();
        var snapshot = Days(200);

        var (summary, output) = await _folder.RunAsync(
            new RecalibrateStage(), new RecalibrateInput(champion, "v1", through, new TrainInput(snapshot, Pipeline), method));

        var model = Read(output(TrainStage.ModelFile));
        CanonicalJson.Serialize(model with { Calibrated = null }).ShouldBe(CanonicalJson.Serialize(Read(champion)));
        (summary.Trainer, summary.Split.HoldOut).ShouldBe(($"v1 recalibrated ({method})", "the last 40 days"));
        summary.Rows.ShouldBe((200 - 40 - Moved) * 20);
        (await BrierAsync(output(TrainStage.ModelFile), snapshot)).ShouldBeLessThan(await BrierAsync(champion, snapshot) - 0.02);
    }

    /// <summary>On its own training rows a model looks better than it is.</summary>
    [Fact]
    public async Task Only_rows_that_came_after_its_training_are_taken()
    {
        var (champion, _) = await ChampionAsync();
        var late = First.AddDays(159).ToDateTime(new(23, 0));

        var failure = await Should.ThrowAsync<StageFailedException>(() => RecalibrateAsync(champion, late));

        (failure.Verdict, failure.Findings.Single().What).ShouldBe((Verdict.Inconclusive, "Too few rows to calibrate on"));
    }

    [Fact]
    public async Task What_it_was_trained_on_must_be_known()
    {
        var (champion, _) = await ChampionAsync();

        (await Should.ThrowAsync<UsageException>(() => RecalibrateAsync(champion, null)))
            .Findings.Single().What.ShouldBe("This model cannot be calibrated anew");
    }

    [Fact]
    public async Task The_same_rows_give_the_same_bytes_and_the_method_is_part_of_the_key()
    {
        var (champion, through) = await ChampionAsync();
        var input = new RecalibrateInput(champion, "v1", through, new TrainInput(Days(200), Pipeline), CalibrationMethod.Platt);

        var first = (await _folder.RunAsync(new RecalibrateStage(), input)).Output(TrainStage.ModelFile);
        var second = (await _folder.RunAsync(new RecalibrateStage(), input)).Output(TrainStage.ModelFile);

        second.Digest.ShouldBe(first.Digest);
        var stage = new RecalibrateStage();
        stage.Key(input).ShouldNotBe(stage.Key(input with { Method = CalibrationMethod.Isotonic }));
        stage.Key(input).ShouldNotBe(stage.Key(input with { Through = through.AddDays(1) }));
    }

    private Task<(TrainingSummary Result, Func<string, Artifact> Output)> RecalibrateAsync(Artifact champion, DateTime? through) =>
        _folder.RunAsync(
            new RecalibrateStage(),
            new RecalibrateInput(champion, "v1", through, new TrainInput(Days(200), Pipeline), CalibrationMethod.Platt));

    private async Task<(Artifact Model, DateTime Through)> ChampionAsync()
    {
        var (summary, output) = await _folder.RunAsync(
            new TrainStage(), new TrainInput(Days(Moved + 40), Pipeline));
        return (output(TrainStage.ModelFile), summary.Split.Through!.Value);
    }

    private async Task<double> BrierAsync(Artifact model, SnapshotFiles snapshot)
    {
        var (metrics, _) = await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(model, HoldOutRows.Of(snapshot, Pipeline)));
        return metrics.Single(metric => metric.Name == "Brier").Value;
    }

    // Twenty rows a day: what happens follows x, and from day 100 on it happens far less.
    private SnapshotFiles Days(int days)
    {
        var (random, text) = (new SplitMix64(4), new StringBuilder("Day,X,Left\n"));
        for (var row = 0; row < days * 20; row++)
        {
            var (day, x) = (row / 20, random.NextNormal());
            var odds = x - (day < Moved ? 0 : 2);
            var left = random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? "true" : "false";
            text.Append(CultureInfo.InvariantCulture, $"{First.AddDays(day):yyyy-MM-dd},{x:R},{left}\n");
        }

        return _folder.Text(text.ToString());
    }

    private static TrainedModel Read(Artifact model) => CanonicalJson.Deserialize<TrainedModel>(File.ReadAllBytes(model.Path));

    private static PipelineSpec Pipeline { get; } = new Visits().Specify(new Dictionary<string, string>());

    private sealed record Visit(
        [property: Column("Day"), Timestamp] DateOnly Day, [property: Column("X")] double X, [property: Column("Left"), Label] bool Left);

    private sealed class Visits : ModelPipeline<Visit>
    {
        protected override void Define(PipelineDefinition<Visit> pipeline) => pipeline
            .Data(DataSource.Files("visits.csv")).HoldOut(last: TimeSpan.FromDays(40)).Predict(x => x.Left, LearningTask.Binary)
            .Features(f => f.Number(x => x.X)).Train(Trainers.Linear()).Gate(Metrics.Brier, g => g.AtMost(0.5));
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class SplitFitTests : IDisposable
{
    private readonly StageFolder _folder = new();

    /// <summary>The hold-out itself is such a split: both ways give the same predictions.</summary>
    [Fact]
    public async Task It_predicts_what_training_and_evaluation_predict()
    {
        var (data, pipeline) = (_folder.Simulated(), StageFolder.Pipeline() with { HoldOut = new LastDays(20) });
        var table = await data.ReadValidatedAsync(pipeline.Contract, CancellationToken.None);
        var trained = (await _folder.RunAsync(new TrainStage(), new TrainInput(data, pipeline))).Output(TrainStage.ModelFile);
        var (_, output) = await _folder.RunAsync(new EvaluateStage(), new EvaluateInput(trained, HoldOutRows.Of(data, pipeline)));
        var evaluated = CanonicalJson.Deserialize<PredictionSet>(File.ReadAllBytes(output(EvaluateStage.PredictionsFile).Path));

        var (rows, set) = new SplitFit(data, pipeline, ".").Run(
            table, pipeline.HoldOut.Split(table, 1), "it", "hold-out", CancellationToken.None);

        rows.ShouldBe(100 * 24);
        set.Predictions.ShouldBe(evaluated.Predictions);
        set.Block.ShouldBe(evaluated.Block);
        set.Predictor.ShouldBe("it");
    }

    [Fact]
    public async Task The_pipelines_window_says_what_is_trained_on()
    {
        var (data, pipeline) = (_folder.Simulated(), StageFolder.Pipeline() with { Window = TrainingWindow.Last(10) });
        var table = await data.ReadValidatedAsync(pipeline.Contract, CancellationToken.None);

        new SplitFit(data, pipeline, ".").Run(table, new LastDays(20).Split(table, 1), "it", "here", CancellationToken.None)
            .Rows.ShouldBe(240);
    }

    [Theory]
    [InlineData(119, "24 to train on, 2856 to predict")]
    [InlineData(0, "2880 to train on, 0 to predict")]
    public async Task Too_few_rows_are_told_with_their_place(int heldOut, string value)
    {
        var (data, pipeline) = (_folder.Simulated(), StageFolder.Pipeline());
        var table = await data.ReadValidatedAsync(pipeline.Contract, CancellationToken.None);
        var split = heldOut == 0
            ? new Split([.. Enumerable.Range(0, table.Rows)], [], [], BlockUnit.Day)
            : new LastDays(heldOut).Split(table, 1);

        var failure = Should.Throw<StageFailedException>(() =>
            new SplitFit(data, pipeline, ".").Run(table, split, "it", "fold 2 of 3", CancellationToken.None));

        (failure.Verdict, failure.Findings[0].Where, failure.Findings[0].Value).ShouldBe((Verdict.Inconclusive, "fold 2 of 3", value));
    }

    [Fact]
    public void Several_parts_are_one_set_in_their_order()
    {
        var first = Modeling.Tests.Sample.Predictions("a", 2, 3, row => row);
        var second = Modeling.Tests.Sample.Predictions("b", 1, 4, _ => 1);

        var both = SplitFit.Together([first, second]);

        both.Count.ShouldBe(10);
        both.Labels.ShouldBe([.. first.Labels, .. second.Labels]);
        both.Predictions.ShouldBe([.. first.Predictions, .. second.Predictions]);
        both.Block.ShouldBe([.. first.Block, .. second.Block]);
    }

    public void Dispose() => _folder.Dispose();
}

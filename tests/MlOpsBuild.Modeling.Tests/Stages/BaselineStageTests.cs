using MlOpsBuild.Scoring;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Stages.Tests;

public sealed class BaselineStageTests : IDisposable
{
    private readonly StageFolder _folder = new();

    [Theory]
    [InlineData(Baseline.TrainingMean, "training mean", 15)]
    [InlineData(Baseline.SameHourLastWeek, "same hour last week", 20)]
    public async Task Baselines_predict_the_rows_held_out(Baseline baseline, string name, double prediction)
    {
        var (metrics, output) = await _folder.RunAsync(new BaselineStage(), new BaselineInput(baseline, Rows()));

        var set = CanonicalJson.Deserialize<PredictionSet>(await File.ReadAllBytesAsync(output(EvaluateStage.PredictionsFile).Path));
        set.Predictor.ShouldBe(name);
        set.Predictions.ShouldBe([prediction]);
        set.Labels.ShouldBe([100]);
        metrics.Single(metric => metric.Name == "MAE").Value.ShouldBe(100 - prediction);
    }

    [Fact]
    public void The_key_names_the_baseline() =>
        new BaselineStage().Key(new(Baseline.TrainingMean, Rows()))
            .ShouldNotBe(new BaselineStage().Key(new(Baseline.SameHourLastWeek, Rows())));

    public void Dispose() => _folder.Dispose();

    private HoldOutRows Rows() =>
        new(
            _folder.Text("Day,Value\n2011-01-01,10\n2011-01-02,20\n2011-01-09,100\n"), ContractReader.Of<Row>(), new LastDays(1),
            new(TargetTransform.Identity), [], 1);

    private sealed record Row([property: Timestamp] DateOnly Day, [property: Label] double Value);
}

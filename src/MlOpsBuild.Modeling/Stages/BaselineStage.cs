using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Scores the hold-out with a baseline; output <c>predictions.json</c>.</summary>
public sealed class BaselineStage : Stage<BaselineInput, IReadOnlyList<MetricValue>>
{
    /// <inheritdoc />
    public override string Name => "baseline";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(BaselineInput input) => [new("baseline", input.Baseline.ToString()), .. input.Rows.Key];

    /// <inheritdoc />
    public override async Task<IReadOnlyList<MetricValue>> RunAsync(
        BaselineInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (table, split) = await input.Rows.ReadAsync(cancellationToken);
        var predictions = BaselinePredictor.Predict(input.Baseline, table, split, input.Rows.Target);
        var set = input.Rows.Predictions(BaselinePredictor.NameOf(input.Baseline), table.Select(split.HeldOut), split, predictions);
        await File.WriteAllBytesAsync(
            Path.Combine(outputDirectory, EvaluateStage.PredictionsFile), CanonicalJson.Serialize(set), cancellationToken);
        return MetricTable.Of(set);
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Stages;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>Says whether the best trial is better than the declared values beyond chance, on the same rows.</summary>
public sealed class TuningProofStage : Stage<TuningProofInput, TuningProof>
{
    private const double Confidence = 0.95;

    /// <inheritdoc />
    public override string Name => "tuning-proof";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(TuningProofInput input) =>
    [
        .. new TrialStage().Key(Trial(input, input.Declared)),
        .. new TrialStage().Key(Trial(input, input.Best)).Select(part => part with { Name = $"best: {part.Name}" }),
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> Variables(TuningProofInput input) => input.Declared.Variables;

    /// <inheritdoc />
    public override async Task<TuningProof> RunAsync(
        TuningProofInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (declared, best) = (
            await PredictAsync(input, input.Declared, "declared", cancellationToken),
            await PredictAsync(input, input.Best, "best", cancellationToken));
        var metric = input.Declared.Gates[0].Metric;
        return new(
            Value(metric, declared, input), Value(metric, best, input),
            PairedBlockBootstrap.Difference(metric, best, declared, Confidence, input.Declared.Seed));
    }

    private static TrialInput Trial(TuningProofInput input, PipelineSpec pipeline) =>
        new(input.Rows, pipeline, 1) { Root = input.Root };

    private static MetricValue Value(Metric metric, PredictionSet set, TuningProofInput input) =>
        MetricTable.WithIntervals(set, [metric], Confidence, input.Declared.Seed).First(value => value.Name == metric.Name);

    private static async Task<PredictionSet> PredictAsync(
        TuningProofInput input, PipelineSpec pipeline, string name, CancellationToken cancellationToken)
    {
        var (table, folds) = await input.Rows.ReadAsync(cancellationToken);
        var fit = new SplitFit(input.Rows.Snapshot, pipeline, input.Root);
        return SplitFit.Together([.. folds.Select((fold, number) =>
            fit.Run(table, fold, name, $"{name}, fold {number + 1} of {folds.Count}", cancellationToken).Predictions)]);
    }
}

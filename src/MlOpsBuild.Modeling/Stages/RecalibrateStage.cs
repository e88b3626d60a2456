using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Calibrating;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>
/// Fits anew what a model's probabilities mean, on rows between its training and the hold-out: it has seen neither. Output
/// <c>model.json</c>, the same model otherwise.
/// </summary>
public sealed class RecalibrateStage : Stage<RecalibrateInput, TrainingSummary>
{
    /// <inheritdoc />
    public override string Name => "recalibrate";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(RecalibrateInput input) =>
    [
        .. input.Training.Snapshot.Key,
        new("model", input.Model.Digest.ToString()),
        new("through", input.Through?.ToString("O", CultureInfo.InvariantCulture) ?? "unknown"),
        new("method", input.Method.ToString()),
        StageInput.Of("contract", input.Training.Pipeline.Contract),
        StageInput.Of("target", input.Training.Pipeline.Target),
        StageInput.Of("hold-out", input.Training.Pipeline.HoldOut),
        new("seed", input.Training.Pipeline.Seed.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc />
    public override async Task<TrainingSummary> RunAsync(
        RecalibrateInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var pipeline = input.Training.Pipeline;
        var model = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(input.Model.Path, cancellationToken));
        if (model.Classes == null || pipeline.HoldOut is not LastDays || input.Through is not { } through)
        {
            throw new UsageException(new Finding(
                "MLB2054", "This model cannot be calibrated anew", $"pipeline {pipeline.Name}, {input.Name}",
                model.Classes == null ? "it predicts numbers" : $"held out: {pipeline.HoldOut.Describe()}",
                "a model of classes whose rows have times: only rows that came after its training tell what its probabilities mean",
                "train a new one by .Calibrated(…)"));
        }

        var table = await input.Training.Snapshot.ReadValidatedAsync(pipeline.Contract, cancellationToken);
        var split = pipeline.HoldOut.Split(table, pipeline.Seed);
        EvaluateStage.Check(model, table.Contract, pipeline.Target.Classes);
        IReadOnlyList<int> rows = [.. split.Training.Where(row => table.Times[row] > through)];
        progress.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"calibrating {input.Name} on {rows.Count:N0} rows since {through:yyyy-MM-dd}, {split.HeldOut.Count:N0} held out"));
        var (raw, labels) = (model with { Calibrated = null }, pipeline.Target.LabelsOf(table, rows));
        try
        {
            var maps = ProbabilityFit.Of(
                model.Classes,
                [.. FieldRows.Of(table, raw.Fields, rows).Select(row => raw.Predict(new InputRow(row, table.Texts)))], labels,
                input.Method);
            await File.WriteAllBytesAsync(
                Path.Combine(outputDirectory, TrainStage.ModelFile), CanonicalJson.Serialize(model with { Calibrated = maps }),
                cancellationToken);
        }
        finally
        {
            (raw as ForeignModel)?.Close();
        }

        return new(
            $"{input.Name} recalibrated ({input.Method})", rows.Count, split.HeldOut.Count, TrainStage.FactsOf(table, split, pipeline),
            model.Fields.Count);
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Stages;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Modeling.Splitting;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>Fits a pipeline's trainer on one part of some rows, and predicts the other.</summary>
/// <param name="snapshot">The data.</param>
/// <param name="pipeline">The pipeline; its window says which of the rows to train on are.</param>
/// <param name="root">The checkout, below which files of the trainer lie.</param>
internal sealed class SplitFit(SnapshotFiles snapshot, PipelineSpec pipeline, string root)
{
    /// <summary>Rows trained on, and predictions of the rows held out.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="split">Which of them are trained on, and which predicted.</param>
    /// <param name="predictor">What the predictions are called.</param>
    /// <param name="where">What is told of it when there are too few rows.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <exception cref="StageFailedException">There are too few rows, or it cannot be fitted on them.</exception>
    public (int Rows, PredictionSet Predictions) Run(
        DataTable table, Split split, string predictor, string where, CancellationToken cancellationToken)
    {
        var taken = pipeline.Window.Of(table, split.Training);
        if (taken.Positions.Count < TrainStage.MinimumRows || split.HeldOut.Count == 0)
        {
            throw new StageFailedException(
                "Not enough data for this split", [new(
                    "MLB2002", "Too few rows", where, $"{taken.Positions.Count} to train on, {split.HeldOut.Count} to predict",
                    $"at least {TrainStage.MinimumRows} and 1", "take fewer and shorter parts, a longer window, or add data")],
                Verdict.Inconclusive);
        }

        TrainStage.RequireKnownClasses(table, taken.Positions, split.HeldOut, pipeline.Target);
        var rows = TrainingRows.Of(table, taken, pipeline, root);
        var model = pipeline.Trainer.Fit(rows, cancellationToken) with { Range = pipeline.Target.RangeOf(pipeline.Contract) };
        return (
            taken.Positions.Count,
            HoldOutRows.Of(snapshot, pipeline).Predictions(predictor, table.Select(split.HeldOut), split, Predicted(model, table, split)));
    }

    /// <summary>Predictions of several parts as one set.</summary>
    public static PredictionSet Together(IReadOnlyList<PredictionSet> sets) => sets[0] with
    {
        Block = [.. sets.SelectMany(set => set.Block)],
        Labels = [.. sets.SelectMany(set => set.Labels)],
        Predictions = [.. sets.SelectMany(set => set.Predictions)],
        Slices = new Dictionary<string, double[]>(),
    };

    private static List<Prediction> Predicted(TrainedModel model, DataTable table, Split split)
    {
        try
        {
            return [.. FieldRows.Of(table, model.Fields, split.HeldOut).Select(row => model.Predict(new InputRow(row, table.Texts)))];
        }
        finally
        {
            (model as ForeignModel)?.Close();
        }
    }
}

using System.Globalization;
using Microsoft.ML;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>
/// A family that ML.NET fits and we score: the fitted parameters become a model of ours, which must give the same scores to the bit.
/// Fits on one thread: more change the result of some families, and the time of others for the worse.
/// </summary>
public abstract record MachineLearningTrainer : TrainerSpec
{
    private const int MostCompared = 10_000;
    private const int ValidationPart = 10;

    /// <inheritdoc />
    public sealed override bool Standardises => false;

    /// <inheritdoc />
    public sealed override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var seed = (int)(rows.Seed % int.MaxValue);
        var context = new MLContext(seed);
        var singles = SingleRows.Of(context, rows, cancellationToken);
        var trained = Validates ? singles.Rows.Count - (singles.Rows.Count / ValidationPart) : singles.Rows.Count;
        var fitted = Fit(
            context, seed, context.Data.TakeRows(singles.View, trained), Validates ? context.Data.SkipRows(singles.View, trained) : null);
        cancellationToken.ThrowIfCancellationRequested();
        var model = Export(fitted, rows);
        RequireSame(context, fitted.Transform(context.Data.TakeRows(singles.View, MostCompared)), singles.Rows, model);
        return model;
    }

    /// <summary>Whether it stops when the last tenth of the training rows, the newest where rows have times, are predicted no better any more.</summary>
    internal virtual bool Validates => false;

    /// <summary>Fits what ML.NET fits.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="rows">Rows to fit.</param>
    /// <param name="validation">Rows that say when to stop; null where it does not validate.</param>
    internal abstract ITransformer Fit(MLContext context, int seed, IDataView rows, IDataView? validation);

    /// <summary>The fitted parameters as a model of ours.</summary>
    internal abstract SinglePrecisionModel Export(ITransformer fitted, TrainingRows rows);

    // A new version of ML.NET may score differently; a model that is served as something else than what was fitted must not leave here.
    private void RequireSame(MLContext context, IDataView scored, IReadOnlyList<SingleRow> rows, SinglePrecisionModel model)
    {
        foreach (var (row, theirs) in context.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: true).Select(row => row.Score).Index())
        {
            if (BitConverter.SingleToInt32Bits(model.Score(rows[row].Features)) is var mine && mine != BitConverter.SingleToInt32Bits(theirs))
            {
                throw new StageFailedException(
                    "The exported model is not the fitted one",
                    [new("A score differs", string.Create(CultureInfo.InvariantCulture, $"{Kind}, training row {row + 1}"), BitConverter.Int32BitsToSingle(mine).ToString("R", CultureInfo.InvariantCulture), theirs.ToString("R", CultureInfo.InvariantCulture), "use the version of Microsoft.ML this package was tested with")],
                    Verdict.Error);
            }
        }
    }

    private sealed class ScoredRow
    {
        public float Score { get; set; }
    }
}

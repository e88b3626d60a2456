using System.Globalization;
using Microsoft.ML;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training.MachineLearning;

/// <summary>
/// A family that ML.NET fits and we score: the fitted parameters become a model of ours, which must give the same scores to the bit.
/// Three or more classes are told each from the rest. Fits on one thread: more change the result of some families, and the time of others
/// for the worse.
/// </summary>
/// <typeparam name="TOutput">What makes one score.</typeparam>
public abstract record MachineLearningTrainer<TOutput> : TrainerSpec
{
    private const int MostCompared = 10_000;
    private const int ValidationPart = 10;

    /// <inheritdoc />
    public sealed override bool Standardises => false;

    /// <inheritdoc />
    public sealed override bool FitsClasses => true;

    /// <inheritdoc />
    public override bool TakesWeights => true;

    /// <inheritdoc />
    public sealed override TrainedModel Fit(TrainingRows rows, CancellationToken cancellationToken)
    {
        var seed = (int)(rows.Seed % int.MaxValue);
        var context = new MLContext(seed);
        var trained = Validates ? rows.Count - (rows.Count / ValidationPart) : rows.Count;
        int[] classes = rows.Classes switch
        {
            null => [0],
            { IsBinary: true } => [1],
            var many => [.. Enumerable.Range(0, many.Names.Count)],
        };
        var (outputs, scores) = (new List<TOutput>(), new List<IReadOnlyList<ScoredRow>>());
        foreach (var position in classes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var view = new DesignView(rows, rows.Classes == null ? null : position, cancellationToken);
            var (part, validation) = Validates
                ? (context.Data.TakeRows(view, trained), context.Data.SkipRows(view, trained))
                : (view, null);
            var (fitted, output) = Fit(context, new(seed, part, validation, rows.Classes != null, rows.Weights != null));
            outputs.Add(output);
            scores.Add(ScoredRow.Of(fitted.Transform(context.Data.TakeRows(view, MostCompared))));
        }

        var model = Assemble(rows, outputs);
        foreach (var (output, scored) in scores.Index())
        {
            RequireSame(scored, output, rows, model);
        }

        return model;
    }

    /// <summary>
    /// Whether it stops when the last tenth of the training rows, the newest where rows have times, are predicted no better any more.
    /// </summary>
    internal virtual bool Validates => false;

    /// <summary>Fits what ML.NET fits, and takes its parameters over.</summary>
    internal abstract (ITransformer Fitted, TOutput Output) Fit(MLContext context, Fitting fitting);

    /// <summary>The model of all outputs.</summary>
    internal abstract SinglePrecisionModel Assemble(TrainingRows rows, IReadOnlyList<TOutput> outputs);

    // A new version of ML.NET may score differently; a model that is served as something else than what was fitted must not leave here.
    private void RequireSame(IReadOnlyList<ScoredRow> scored, int output, TrainingRows rows, SinglePrecisionModel model)
    {
        var design = new float[rows.Transform.Width];
        foreach (var (row, theirs) in scored.Index())
        {
            rows.Write(row, design);
            Require(row, model.Score(design, output), theirs.Score);
            if (model.Classes != null && theirs.Probability is { } probability)
            {
                Require(row, model.Probability(design, output), probability);
            }
        }

        void Require(int row, float mine, float theirs)
        {
            if (BitConverter.SingleToInt32Bits(mine) != BitConverter.SingleToInt32Bits(theirs))
            {
                throw new StageFailedException(
                    "The exported model is not the fitted one",
                    [new(
                        "MLB2036", "A score differs", string.Create(CultureInfo.InvariantCulture, $"{Kind}, training row {row + 1}"),
                        mine.ToString("R", CultureInfo.InvariantCulture), theirs.ToString("R", CultureInfo.InvariantCulture),
                        "use the version of Microsoft.ML this package was tested with")],
                    Verdict.Error);
            }
        }
    }
}

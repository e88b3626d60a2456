using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>What the champion usually does, fixed before a canary begins: the units in which the candidate is judged.</summary>
/// <param name="Loss">The loss per row that is compared.</param>
/// <param name="Scale">The 99.9 % quantile of the champion's loss on its hold-out; a difference counts up to this.</param>
/// <param name="UsualError">The 99.9 % quantile of the champion's absolute error on its hold-out, in the target's unit.</param>
/// <param name="SlowMilliseconds">An answer later than this is slow; null until the champion's answer times were measured.</param>
public sealed record CanaryReference(RowLoss Loss, double Scale, double UsualError, double? SlowMilliseconds = null)
{
    private const double Level = 0.999;
    private const double GrossFactor = 5;
    private const double SlowFactor = 1.5;
    private const double LeastSlowBy = 5;

    /// <summary>An absolute error beyond this is an event of its own: cutting the difference would hide it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double GrossError => GrossFactor * UsualError;

    /// <summary>The classes of which probabilities are predicted; null of numbers.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public ClassSet? Classes { get; init; }

    /// <summary>Whether these are ratings of texts, of which nobody reads two answers to one request.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool Rated { get; init; }

    /// <summary>
    /// What a row's loss is beyond the tolerated one, in units of the scale: the mean of it is harm where it is above 0.
    /// </summary>
    public double Beyond(CanaryPolicy policy, double mine, double theirs) =>
        (mine - ((1 + policy.LossMargin) * theirs) - policy.LossAllowance) / (Scale + policy.LossAllowance);

    /// <summary>
    /// The reference for a champion with these errors (prediction minus label) on its hold-out, for a loss that follows from the error.
    /// </summary>
    public static CanaryReference Of(RowLoss loss, IReadOnlyList<double> errors)
    {
        var usual = Quantile.Of([.. errors.Select(Math.Abs).Order()], Level);
        return new(loss, ScaleOf(loss.Of(usual, 0)), usual);
    }

    /// <summary>
    /// The reference for a champion with these rows on its hold-out, and what a forecast draws from: errors where the loss
    /// follows from the error, else losses.
    /// </summary>
    public static (CanaryReference Reference, IReadOnlyList<double> Drawn) Of(
        RowLoss loss, ClassSet? classes, IReadOnlyList<LabelledRow> rows)
    {
        double[] errors = [.. rows.Select(row => row.Prediction.Error(row.Label))];
        if (rows.Any(row => row.Prediction.Text != null))
        {
            return (new(loss, 1, 1) { Rated = true }, errors);
        }

        if (loss.FollowsFromError())
        {
            return (Of(loss, errors), errors);
        }

        double[] losses = [.. rows.Select(row => loss.Of(row.Prediction, row.Label, classes))];

        // Probabilities are apart by 1 at most; no error of theirs is gross.
        var usual = classes != null ? 1 : Quantile.Of([.. errors.Select(Math.Abs).Order()], Level);
        return (new(loss, ScaleOf(Quantile.Of([.. losses.Order()], Level)), usual) { Classes = classes }, losses);
    }

    /// <summary>The same, with slowness measured against the champion's answer times.</summary>
    /// <param name="milliseconds">Answer times of the champion, at least one.</param>
    public CanaryReference WithAnswerTimes(IEnumerable<double> milliseconds)
    {
        var usual = Quantile.Of([.. milliseconds.Order()], 0.99);
        return this with { SlowMilliseconds = Math.Max(usual * SlowFactor, usual + LeastSlowBy) };
    }

    // A champion without any error has no scale; the smallest one counts each error of the candidate in full.
    private static double ScaleOf(double loss) => Math.Max(loss, double.Epsilon * 2);
}

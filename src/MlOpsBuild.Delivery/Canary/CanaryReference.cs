using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
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

    /// <summary>The reference for a champion with these errors (prediction minus label) on its hold-out.</summary>
    public static CanaryReference Of(RowLoss loss, IReadOnlyList<double> errors)
    {
        var usual = Quantile.Of([.. errors.Select(Math.Abs).Order()], Level);

        // A champion without any error has no scale; the smallest one counts each error of the candidate in full.
        return new(loss, Math.Max(loss.Of(usual, 0), double.Epsilon * 2), usual);
    }

    /// <summary>The same, with slowness measured against the champion's answer times.</summary>
    /// <param name="milliseconds">Answer times of the champion, at least one.</param>
    public CanaryReference WithAnswerTimes(IEnumerable<double> milliseconds)
    {
        var usual = Quantile.Of([.. milliseconds.Order()], 0.99);
        return this with { SlowMilliseconds = Math.Max(usual * SlowFactor, usual + LeastSlowBy) };
    }

    /// <summary>Errors of the version that made <paramref name="rows"/> on its own hold-out.</summary>
    public static IReadOnlyList<double> ErrorsIn(Artifact rows) => [.. File.ReadLines(rows.Path).Select(LabelledRow.Parse).Select(row => row.Prediction - row.Label)];
}

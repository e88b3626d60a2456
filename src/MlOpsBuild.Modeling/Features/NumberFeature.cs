using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>The value of a column; standardised for linear models.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Missing">What a missing value is taken for; null for what the trainer does of itself: trees see that it is missing, linear
/// models take the training median.</param>
public sealed record NumberFeature(
    string Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Missing = null) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"number of {Column}";

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) => Fit(rows, Column, Missing, standardise);

    /// <summary>The number and, where missing ones are replaced and there are some, a column that tells that it was missing.</summary>
    internal static IEnumerable<FeatureTerm> Fit(FittingRows rows, string column, double? missing, bool standardise)
    {
        var values = rows.Values(column);
        var number = Imputed.Of(values, rows.Rule(column).Optional, missing, standardise);
        var (mean, scale) = standardise ? number.Moments(value => value) : (0, 1);
        yield return new NumberTerm(column, rows.Field(column), mean, scale, number.Missing);
        if (number.Missing != null && number.Some)
        {
            yield return new MissingTerm(column, rows.Field(column));
        }
    }
}

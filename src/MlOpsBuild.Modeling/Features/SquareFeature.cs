using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>The square of a column; standardised for linear models.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Missing">What a missing value is taken for before it is squared, as for <see cref="NumberFeature"/>.</param>
public sealed record SquareFeature(
    string Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Missing = null) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"square of {Column}";

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise)
    {
        var number = Imputed.Of(rows.Values(Column), rows.Rule(Column).Optional, Missing, standardise);
        var (mean, scale) = standardise ? number.Moments(value => value * value) : (0, 1);
        yield return new SquareTerm(Column, rows.Field(Column), mean, scale, number.Missing);
    }
}

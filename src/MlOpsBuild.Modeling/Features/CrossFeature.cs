using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One column per pair of values of two columns.</summary>
/// <param name="Column">The first column.</param>
/// <param name="Second">The second column.</param>
public sealed record CrossFeature(string Column, string Second) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Columns => [Column, Second];

    /// <inheritdoc />
    public override string Describe() => $"{Column} × {Second}";

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        [new CrossTerm(
            $"{Column}×{Second}", rows.Field(Column), FittingRows.Seen(rows.Values(Column)), rows.Field(Second),
            FittingRows.Seen(rows.Values(Second)))];
}

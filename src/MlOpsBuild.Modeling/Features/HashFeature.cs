using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One of a fixed number of columns, by a hash of the value.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Buckets">Number of columns.</param>
public sealed record HashFeature(string Column, int Buckets) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"hash of {Column}";

    internal override string? Expected(FieldKind kind) => null;

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise)
    {
        var rule = rows.Rule(Column);
        yield return new HashTerm(
            Column, rows.Field(Column), Buckets, CategoryNames.Of(rule), rule.Kind == FieldKind.Text);
    }
}

using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One column per value seen in training.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Rare">Values of a smaller share of the training rows share one column, to which values never seen belong as well; 0 gives
/// each its own, and values never seen none.</param>
public sealed record OneHotFeature(
    string Column,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Rare = 0) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"values of {Column}";

    internal override bool IsConstant(FittingRows rows) => base.IsConstant(rows) || Frequent(rows).Length == 0;

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        [new OneHotTerm(Column, rows.Field(Column), Frequent(rows), Rare > 0)];

    private double[] Frequent(FittingRows rows)
    {
        var values = rows.Values(Column);
        return FittingRows.Seen(
            values.GroupBy(value => value).Where(group => group.Count() >= Rare * values.Length).Select(group => group.Key));
    }
}

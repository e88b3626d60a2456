using System.Text.Json.Serialization;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One column per value seen in training.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Rare">Values of a smaller share of the training rows share one column, to which values never seen belong as well; 0 gives each its own, and values never seen none.</param>
public sealed record OneHotFeature(string Column, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Rare = 0) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"values of {Column}";

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise)
    {
        var values = rows.Values(Column);
        yield return new OneHotTerm(Column, rows.Field(Column), FittingRows.Seen(values.GroupBy(value => value).Where(group => group.Count() >= Rare * values.Length).Select(group => group.Key)), Rare > 0);
    }
}

using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>A value of earlier rows: a lag, or a window that ends there. Nothing looks ahead.</summary>
/// <param name="Values">Which.</param>
public sealed record PastFeature(PastValues Values) : FeatureSpec(Values.Column)
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Columns => [Values.Name];

    /// <inheritdoc />
    public override string Describe() => Values.Name;

    internal override PastValues? Past => Values;

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise) =>
        NumberFeature.Fit(rows, Values.Name, null, standardise);
}

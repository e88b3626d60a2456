using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Modeling.Features;

/// <summary>One column per bin of a number.</summary>
/// <param name="Column">The column it is made of.</param>
/// <param name="Bins">Number of bins, each with about as many training rows as the others; where values repeat there are fewer.</param>
/// <param name="Edges">Upper ends of all bins but the last; empty leaves them to the training rows.</param>
public sealed record BinFeature(string Column, int Bins, IReadOnlyList<double> Edges) : FeatureSpec(Column)
{
    /// <inheritdoc />
    public override string Describe() => $"bins of {Column}";

    internal override IEnumerable<FeatureTerm> Fit(FittingRows rows, bool standardise)
    {
        var values = rows.Values(Column);
        var present = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        yield return new BinTerm(
            Column, rows.Field(Column), Edges.Count > 0 ? [.. Edges] : EdgesOf(present), present.Length < values.Length);
    }

    // The largest value is no edge: above it is nothing.
    private double[] EdgesOf(double[] sorted)
    {
        double[] edges = [.. Enumerable.Range(1, Bins - 1)
            .Select(bin => Quantile.Of(sorted, (double)bin / Bins))
            .Where(edge => edge < sorted[^1])
            .Distinct()];
        return edges.Length > 0 ? edges : [sorted[0]];
    }

    /// <inheritdoc />
    public bool Equals(BinFeature? other) =>
        other != null && Column == other.Column && Bins == other.Bins && Edges.SequenceEqual(other.Edges);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Column, Bins, Edges.Count);
}

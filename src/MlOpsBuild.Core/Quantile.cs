namespace MlOpsBuild.Core;

/// <summary>Sample quantiles of type 7: linear between order statistics (Hyndman and Fan 1996).</summary>
public static class Quantile
{
    /// <summary>
    /// The quantile at <paramref name="level"/> in [0, 1] of values sorted ascending, of which there must be at least one.
    /// </summary>
    public static double Of(IReadOnlyList<double> sorted, double level)
    {
        var position = level * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 < sorted.Count ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The median of values in any order, of which there must be at least one.</summary>
    public static double Median(IEnumerable<double> values) => Of([.. values.Order()], 0.5);
}

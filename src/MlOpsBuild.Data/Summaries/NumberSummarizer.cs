using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Numbers that were counted or sketched → what they look like.</summary>
internal static class NumberSummarizer
{
    private const int MostBins = 20;

    public static NumberSummary? Of(ColumnSketch column)
    {
        var sketch = column.Sketch(CellKind.Number);
        var ranked = column.IsExact ? Counted(column) : sketch.Quantiles.ToRanked();
        if (ranked.Total == 0)
        {
            return null;
        }

        var moments = column.IsExact ? Moments.Of(ranked) : sketch.Moments;
        double[] quantiles = [.. NumberSummary.Levels.Select(ranked.Quantile)];
        var (low, high) = Ends(moments, quantiles);
        var bins = low == high || !double.IsFinite(high - low)
            ? [new(low, high, ranked.Below(Math.BitIncrement(high)) - ranked.Below(low))]
            : Bins(ranked, low, high, moments.Maximum);
        var below = ranked.Below(low);
        return new(
            moments.Mean, moments.StandardDeviation, moments.Skewness, moments.Kurtosis, moments.Minimum, moments.Maximum, quantiles,
            column.IsExact ? 0 : sketch.Quantiles.RankError, bins, below, ranked.Total - below - bins.Sum(bin => bin.Count));
    }

    private static RankedValues Counted(ColumnSketch column)
    {
        var (values, counts, numbers) = (new double[column.Texts.Count], new long[column.Texts.Count], 0);
        for (var i = 0; i < column.Texts.Count; i++)
        {
            ref readonly var text = ref column.Texts[i];
            if (text.Kind is CellKind.Number or CellKind.Flag)
            {
                (values[numbers], counts[numbers]) = (text.Value, column.Texts.CountOf(i));
                numbers++;
            }
        }

        return new(values[..numbers], counts[..numbers]);
    }

    // A few extreme values must not press all others into one bar.
    private static (double Low, double High) Ends(Moments moments, double[] quantiles)
    {
        var reach = (quantiles[^1] - quantiles[0]) / 2;
        return (Math.Max(moments.Minimum, quantiles[0] - reach), Math.Min(moments.Maximum, quantiles[^1] + reach));
    }

    private static List<HistogramBin> Bins(RankedValues ranked, double low, double high, double maximum)
    {
        var width = (high - low) / MostBins;
        double[] edges = [.. Enumerable.Range(0, MostBins).Select(bin => low + (bin * width)), high];
        return [.. edges.Zip(edges.Skip(1)).Select((bin, index) => new HistogramBin(
            bin.First, bin.Second,
            ranked.Below(index < MostBins - 1 ? bin.Second : high == maximum ? double.PositiveInfinity : Math.BitIncrement(high))
                - ranked.Below(bin.First)))];
    }
}

using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Drift;

/// <summary>
/// What is kept of a column so that later values can be compared with it: counts by bin and month, and how alike the rows of a block are.
/// </summary>
/// <param name="Edges">Upper ends of the bins but the last, ascending; a bin holds its upper end. Each value is a
/// bin where there are few.</param>
/// <param name="Ordered">Whether neighbouring bins are alike: false for categories.</param>
/// <param name="Correlation">How alike the rows of a block are, in [0, 1]: the intraclass correlation of the bins.</param>
/// <param name="Spread">The squared coefficient of variation of the design effects' eigenvalues (Rao and Scott 1984).</param>
/// <param name="Periods">The counts, month by month; the last bin counts missing values.</param>
public sealed record ColumnBins(
    IReadOnlyList<double> Edges, bool Ordered, double Correlation, double Spread, IReadOnlyList<BinnedPeriod> Periods)
{
    private const int MostValues = 24;
    private const int Quantiles = 10;

    /// <summary>Bins: one more than edges, and one for missing values.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Count => Edges.Count + 2;

    /// <summary>The bins of a column.</summary>
    /// <param name="values">Its values; NaN where missing.</param>
    /// <param name="times">The rows' times; empty where they have none.</param>
    /// <param name="isCategory">Whether values are places in a list of categories.</param>
    public static ColumnBins Of(IReadOnlyList<double> values, IReadOnlyList<DateTime> times, bool isCategory) =>
        Of(values, [.. values.Where(value => !double.IsNaN(value)).Order()], times, isCategory);

    /// <summary>The same of values that are sorted already, the missing ones left out.</summary>
    internal static ColumnBins Of(IReadOnlyList<double> values, double[] sorted, IReadOnlyList<DateTime> times, bool isCategory)
    {
        var edges = EdgesOf(sorted, isCategory);
        var blocks = BlocksOf(values, times, edges);
        var (correlation, spread) = LikenessOf(blocks);
        return new(edges, !isCategory, correlation, spread, [.. ByMonth(blocks)]);
    }

    /// <summary>Later values in the same bins.</summary>
    /// <param name="values">They; NaN where missing.</param>
    /// <param name="times">The rows' times; empty where they have none.</param>
    public IReadOnlyList<BinnedPeriod> Bin(IReadOnlyList<double> values, IReadOnlyList<DateTime> times) =>
        [.. ByMonth(BlocksOf(values, times, Edges))];

    // The smallest value has an edge below it: what is below was never seen, and so is what is above the last edge.
    private static double[] EdgesOf(double[] sorted, bool isCategory)
    {
        if (sorted.Length == 0)
        {
            return [];
        }

        // Every category has its bin, seen or not.
        double[] distinct = isCategory
            ? [.. Enumerable.Range(0, (int)sorted[^1] + 1).Select(place => (double)place)]
            : [.. sorted.Distinct().Take(MostValues + 1)];
        double[] edges = isCategory || distinct.Length <= MostValues
            ? distinct
            : [.. Enumerable.Range(1, Quantiles).Select(bin => Quantile.Of(sorted, (double)bin / Quantiles)).Distinct()];
        return [double.BitDecrement(isCategory ? edges[0] : sorted[0]), .. edges];
    }

    private static List<Block> BlocksOf(IReadOnlyList<double> values, IReadOnlyList<DateTime> times, IReadOnlyList<double> edges)
    {
        double[] sorted = [.. edges];
        var blocks = new Dictionary<int, Block>();
        for (var row = 0; row < values.Count; row++)
        {
            var day = times.Count > 0 ? DateOnly.FromDateTime(times[row]).DayNumber : -1;
            if (!blocks.TryGetValue(day, out var block))
            {
                var month = times.Count > 0 ? times[row].ToString("yyyy-MM", CultureInfo.InvariantCulture) : "";
                blocks[day] = block = new(month, new int[edges.Count + 2]);
            }

            block.Counts[double.IsNaN(values[row]) ? edges.Count + 1 : BinOf(sorted, values[row])]++;
        }

        return [.. blocks.OrderBy(block => block.Key).Select(block => block.Value)];
    }

    private static int BinOf(double[] edges, double value)
    {
        var at = Array.BinarySearch(edges, value);
        return at >= 0 ? at : ~at;
    }

    private static IEnumerable<BinnedPeriod> ByMonth(List<Block> blocks) => blocks.GroupBy(block => block.Month).Select(month =>
    {
        int[] counts = [.. Enumerable.Range(0, month.First().Counts.Length).Select(bin => month.Sum(block => block.Counts[bin]))];

        // Without times every row is a block of its own.
        var above = counts.Length - 2;
        return month.Key.Length == 0
            ? new BinnedPeriod("", counts.Sum(), counts.Sum(), counts) { BlocksBelow = counts[0], BlocksAbove = counts[above] }
            : new BinnedPeriod(month.Key, month.Count(), month.Sum(block => (double)block.Rows * block.Rows), counts)
            {
                BlocksBelow = month.Count(block => block.Counts[0] > 0), BlocksAbove = month.Count(block => block.Counts[above] > 0),
            };
    });

    // Cluster-robust covariance of the shares against that of independent rows: its eigenvalues are the
    // design effects (Rao and Scott 1981).
    private static (double Correlation, double Spread) LikenessOf(List<Block> blocks)
    {
        if (blocks.Count < 2)
        {
            return (0, 0);
        }

        double rows = blocks.Sum(block => (long)block.Rows);
        double[] shares = [.. Enumerable.Range(0, blocks[0].Counts.Length)
            .Select(bin => blocks.Sum(block => (long)block.Counts[bin]) / rows)];
        int[] used = [.. shares.Index().Where(share => share.Item is > 0 and < 1).Select(share => share.Index)];
        var size = blocks.Sum(block => (double)block.Rows * block.Rows) / rows;
        if (used.Length < 2 || size <= 1)
        {
            return (0, 0);
        }

        double[][] covariance = [.. used.Select(_ => new double[used.Length])];
        foreach (var block in blocks)
        {
            double[] away = [.. used.Select(bin => block.Counts[bin] - (block.Rows * shares[bin]))];
            for (var i = 0; i < used.Length; i++)
            {
                for (var j = 0; j < used.Length; j++)
                {
                    covariance[i][j] += away[i] * away[j];
                }
            }
        }

        var (sum, squares, scale) = (0.0, 0.0, (double)blocks.Count / (blocks.Count - 1) / rows);
        for (var i = 0; i < used.Length; i++)
        {
            sum += scale * covariance[i][i] / shares[used[i]];
            for (var j = 0; j < used.Length; j++)
            {
                squares += Math.Pow(scale * covariance[i][j], 2) / (shares[used[i]] * shares[used[j]]);
            }
        }

        var (freedom, mean) = (used.Length - 1, sum / (used.Length - 1));
        return (Math.Clamp((mean - 1) / (size - 1), 0, 1), mean > 0 ? Math.Max(0, (squares / (freedom * mean * mean)) - 1) : 0);
    }

    private sealed record Block(string Month, int[] Counts)
    {
        public int Rows => Counts.Sum();
    }
}

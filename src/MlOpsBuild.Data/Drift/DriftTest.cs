using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Differences;

namespace MlOpsBuild.Data.Drift;

/// <summary>
/// Compares columns with their reference: seasons with the same season, rows of a day as one block, all columns with
/// one rate of false discoveries.
/// </summary>
public static class DriftTest
{
    // Of the false alarms, the share of those that shares may raise, and of those at either end of the values.
    private const double SharesPart = 0.9;
    private const double ExtremesPart = 0.05;

    /// <summary>Compares rows with a reference; a part of the year with the same months of it, where it has them.</summary>
    /// <param name="reference">What is kept of the reference, by column.</param>
    /// <param name="columns">The values now, by column; columns that only one side has are left out.</param>
    /// <param name="times">The rows' times; empty where they have none.</param>
    /// <param name="rows">Rows compared.</param>
    /// <param name="policy">What counts as drift.</param>
    public static DriftResult Of(
        IReadOnlyDictionary<string, ColumnBins> reference, IReadOnlyDictionary<string, double[]> columns, IReadOnlyList<DateTime> times,
        int rows, DriftPolicy policy)
    {
        var months = times.Select(time => time.Month).ToHashSet();
        var seasonal = reference.Values.FirstOrDefault() is { } any && IsSeasonal(any, months, policy);
        return new(
            seasonal ? "the same months of the reference" : "the reference", rows,
            Judge(
                [.. reference.Where(column => columns.ContainsKey(column.Key))
                    .OrderBy(column => column.Key, StringComparer.Ordinal)
                    .Select(column => new ComparedColumn(
                        column.Key, column.Value, [.. column.Value.Periods.Where(period => !seasonal || months.Contains(MonthOf(period)))],
                        column.Value.Bin(columns[column.Key], times)))],
                policy));
    }

    /// <summary>Judges columns together.</summary>
    internal static IReadOnlyList<DriftVerdict> Judge(IReadOnlyList<ComparedColumn> columns, DriftPolicy policy)
    {
        var tests = columns.Select(Test).ToList();
        var adjusted = FalseDiscovery.Adjust([.. tests.Select(test => test.Probability)]);
        return
        [
            .. tests
                .Select((test, at) => new DriftVerdict(
                    columns[at].Name, VerdictOf(test.Index, test.ByChance, adjusted[at], policy), test.Index, test.Probability,
                    adjusted[at], test.ByChance))
                .OrderBy(verdict => verdict.Verdict == Verdict.Failed ? 0 : 1)
                .ThenByDescending(verdict => verdict.Index)
                .ThenBy(verdict => verdict.Column, StringComparer.Ordinal),
        ];
    }

    private static (double Index, double Probability, double ByChance) Test(ComparedColumn column)
    {
        var bins = column.Bins;
        var (before, after) = (Sum(column.Then, bins.Count), Sum(column.Now, bins.Count));
        var (shares, byChance) = ShareTest.Of(
            before, after, EffectOf(column.Then, bins), EffectOf(column.Now, bins),
            bins.Correlation > 0 ? Math.Min(BlocksOf(column.Then), BlocksOf(column.Now)) : null, bins.Spread, bins.Ordered);
        return (
            IndexOf(before, after), bins.Ordered ? Math.Min(1, Math.Min(shares / SharesPart, ExtremesOf(column) / ExtremesPart)) : shares,
            byChance);
    }

    // Days are exchangeable when nothing moved: that the k days that reach farthest are all new ones has the
    // probability C(m, k) / C(n + m, k).
    private static double ExtremesOf(ComparedColumn column)
    {
        var (n, m) = (column.Bins.Periods.Sum(period => period.Blocks), BlocksOf(column.Now));
        return Math.Min(Of(column.Now.Sum(period => period.BlocksBelow)), Of(column.Now.Sum(period => period.BlocksAbove)));

        double Of(int blocks) =>
            Enumerable.Range(0, Math.Min(blocks, m)).Aggregate(1.0, (product, at) => product * (m - at) / (n + m - at));
    }

    private static bool IsSeasonal(ColumnBins bins, HashSet<int> months, DriftPolicy policy)
    {
        var season = bins.Periods.Where(period => months.Contains(MonthOf(period))).ToList();
        return season.Count > 0 && season.Count < bins.Periods.Count && season.Sum(period => period.Blocks) >= policy.FewestSeasonDays;
    }

    private static Verdict VerdictOf(double index, double byChance, double adjusted, DriftPolicy policy) =>
        adjusted <= policy.FalseDiscovery && index >= policy.Tolerated ? Verdict.Failed
        : adjusted > policy.FalseDiscovery && byChance > policy.Undecidable ? Verdict.Inconclusive
        : Verdict.Passed;

    private static int MonthOf(BinnedPeriod period) =>
        period.Month.Length == 0 ? 0 : int.Parse(period.Month.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture);

    private static long[] Sum(IReadOnlyList<BinnedPeriod> periods, int bins) =>
        [.. Enumerable.Range(0, bins).Select(bin => periods.Sum(period => (long)period.Counts[bin]))];

    // 1 + (m − 1) ρ with the size-weighted mean m of blocks (Kish 1965).
    private static double EffectOf(IReadOnlyList<BinnedPeriod> periods, ColumnBins bins)
    {
        var rows = periods.Sum(period => period.Rows);
        return rows == 0 ? 1 : Math.Max(1, 1 + (((periods.Sum(period => period.SquaredSizes) / rows) - 1) * bins.Correlation));
    }

    private static int BlocksOf(IReadOnlyList<BinnedPeriod> periods) => periods.Sum(period => period.Blocks);

    private static double IndexOf(long[] before, long[] now)
    {
        var (n, m) = ((double)before.Sum(), (double)now.Sum());
        return n == 0 || m == 0
            ? 0
            : PopulationStability.Index([.. before.Select(count => count / n)], [.. now.Select(count => count / m)]);
    }
}

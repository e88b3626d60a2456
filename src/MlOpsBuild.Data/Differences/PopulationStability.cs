using MlOpsBuild.Data.Profiles;

namespace MlOpsBuild.Data.Differences;

/// <summary>
/// The population stability index Σ (p − q) ln(p / q) over bins (Lewis 1994; Siddiqi 2006), with the ten-quantile bins of the
/// reference: type-7 quantiles, right-closed, ties collapsed, a value that ties a bin of its own, one more bin for missing values,
/// empty shares counted as 0.0001.
/// </summary>
public static class PopulationStability
{
    /// <summary>From here on one usually speaks of drift.</summary>
    public const double Usual = 0.1;

    private const int Bins = 10;
    private const double Empty = 1e-4;

    /// <summary>The index, and what chance alone brings on average with rows as many as these.</summary>
    /// <param name="reference">What it is compared with.</param>
    /// <param name="current">What it is now.</param>
    /// <returns>Null where a distribution is not known or there are no rows.</returns>
    public static (double Index, double ByChance)? Of(ColumnProfile reference, ColumnProfile current)
    {
        if (reference.Distribution is not { } then || current.Distribution is not { } now)
        {
            return null;
        }

        // A value that several levels share is a bin of its own.
        var edges = then.Values.Count == 0 ? [] : Enumerable.Range(1, Bins - 1)
            .Select(bin => then.Quantile((double)bin / Bins))
            .GroupBy(edge => edge)
            .SelectMany(same => same.Count() > 1 ? [double.BitDecrement(same.Key), same.Key] : (double[])[same.Key]).ToList();
        var (expected, actual) = (Shares(then, edges, reference.Missing), Shares(now, edges, current.Missing));
        return actual == null || expected == null ? null : (Index(expected, actual), ByChance(
            reference.Count + reference.Missing, current.Count + current.Missing,
            expected.Zip(actual).Count(bin => bin.First + bin.Second > 0)));
    }

    /// <summary>The index of two lists of shares, bin by bin.</summary>
    public static double Index(IReadOnlyList<double> expected, IReadOnlyList<double> actual) => expected.Zip(actual).Sum(bin =>
    {
        var (p, q) = (Math.Max(bin.First, Empty), Math.Max(bin.Second, Empty));
        return (q - p) * Math.Log(q / p);
    });

    // Without drift the index follows (1/n + 1/m) times chi-square with one degree of freedom less than bins (Yurdakul 2018).
    private static double ByChance(int reference, int current, int bins) => (bins - 1) * ((1.0 / reference) + (1.0 / current));

    private static List<double>? Shares(ValueDistribution distribution, List<double> edges, int missing)
    {
        var total = distribution.Total + missing;
        if (total == 0)
        {
            return null;
        }

        var below = edges.Select(distribution.AtMost).Append(distribution.Total).ToList();
        List<int> counts = [.. below.Select((count, bin) => count - (bin == 0 ? 0 : below[bin - 1])), missing];
        return [.. counts.Select(count => (double)count / total)];
    }
}

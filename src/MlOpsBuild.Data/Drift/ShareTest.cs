using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MlOpsBuild.Data.Drift;

/// <summary>
/// Whether two samples have the same shares: the chi-square test of homogeneity, corrected for rows of a block being alike by the first and
/// second moment of the design effects (Rao and Scott 1981, 1984), with bins joined until each is expected to hold five
/// independent rows (Cochran 1954).
/// </summary>
internal static class ShareTest
{
    private const double FewestExpected = 5;
    private const double Level = 0.95;
    private const int FewBlocks = 20;

    /// <summary>
    /// The probability of shares so different by chance, and the population stability index that chance alone exceeds in 5 %.
    /// </summary>
    /// <param name="reference">Rows by bin before.</param>
    /// <param name="current">Rows by bin now.</param>
    /// <param name="referenceEffect">How many rows before tell as much as one independent row, at least 1.</param>
    /// <param name="currentEffect">The same of those now.</param>
    /// <param name="blocks">Blocks of the smaller sample where rows of a block are alike: shares of few blocks vary more than a normal
    /// distribution does (Thomas and Rao 1987); null where they are not.</param>
    /// <param name="spread">Squared coefficient of variation of the design effects.</param>
    /// <param name="ordered">Whether neighbouring bins may be joined; else the smallest two are.</param>
    public static (double Probability, double ByChance) Of(
        IReadOnlyList<long> reference, IReadOnlyList<long> current, double referenceEffect, double currentEffect, int? blocks,
        double spread, bool ordered)
    {
        var (n, m) = ((double)reference.Sum(), (double)current.Sum());
        if (n == 0 || m == 0)
        {
            return (1, double.PositiveInfinity);
        }

        var (before, now) = (n / referenceEffect, m / currentEffect);
        List<(double Before, double Now)> used = [.. reference.Zip(current, (a, b) => (Before: a / n, Now: b / m))
            .Where(bin => bin.Before + bin.Now > 0)];
        var scale = (1 / before) + (1 / now);
        if (used.Count == 1)
        {
            // The same value everywhere.
            return (1, scale);
        }

        var bins = Joined(used, before, now, ordered);
        if (bins.Count < 2)
        {
            return (1, double.PositiveInfinity);
        }

        var statistic = bins.Sum(bin => Math.Pow(bin.Before - bin.Now, 2) / Pooled(bin, before, now)) / scale;
        var freedom = (bins.Count - 1) / (1 + spread);
        var (value, factor) = (statistic / (1 + spread), scale * (1 + spread));
        if (blocks < FewBlocks)
        {
            var tail = new FisherSnedecor(freedom, blocks.Value);
            return (1 - tail.CumulativeDistribution(value / freedom), factor * freedom * tail.InverseCumulativeDistribution(Level));
        }

        return (SpecialFunctions.GammaUpperRegularized(freedom / 2, value / 2), factor * ChiSquared.InvCDF(freedom, Level));
    }

    private static double Pooled((double Before, double Now) bin, double before, double now) =>
        ((before * bin.Before) + (now * bin.Now)) / (before + now);

    private static List<(double Before, double Now)> Joined(List<(double Before, double Now)> bins, double before, double now, bool ordered)
    {
        while (bins.Count > 1 && Smallest(bins) is var (at, share) && share * Math.Min(before, now) < FewestExpected)
        {
            var small = bins[at];
            bins.RemoveAt(at);
            var other = ordered
                ? at == 0 ? 0 : at == bins.Count ? at - 1 : Of(bins[at - 1]) <= Of(bins[at]) ? at - 1 : at
                : Smallest(bins).At;
            bins[other] = (bins[other].Before + small.Before, bins[other].Now + small.Now);
        }

        return bins;

        double Of((double Before, double Now) bin) => Pooled(bin, before, now);

        (int At, double Share) Smallest(List<(double Before, double Now)> among) =>
            among.Index().Select(bin => (bin.Index, Of(bin.Item))).MinBy(bin => bin.Item2);
    }
}

using MathNet.Numerics;

namespace MlOpsBuild.Data.Drift;

/// <summary>
/// Distances and tests between two samples as the field's tools use them, for comparison with ours; none of them knows of blocks, and fixed
/// thresholds on the distances know nothing of the samples' sizes.
/// </summary>
public static class TwoSampleDistances
{
    /// <summary>The largest difference of the distribution functions (Kolmogorov and Smirnov).</summary>
    /// <param name="reference">One sample, in any order, at least one value.</param>
    /// <param name="current">The other one.</param>
    public static double KolmogorovSmirnov(IEnumerable<double> reference, IEnumerable<double> current)
    {
        double[] first = [.. reference.Order()];
        double[] second = [.. current.Order()];
        var (i, j, largest) = (0, 0, 0.0);
        while (i < first.Length && j < second.Length)
        {
            var value = Math.Min(first[i], second[j]);
            i = After(first, i, value);
            j = After(second, j, value);
            largest = Math.Max(largest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return largest;
    }

    /// <summary>The probability of a difference as large, by Kolmogorov's limit distribution.</summary>
    /// <param name="distance">The difference.</param>
    /// <param name="n">Size of one sample.</param>
    /// <param name="m">Size of the other one.</param>
    public static double KolmogorovSmirnovProbability(double distance, int n, int m)
    {
        var lambda = distance * Math.Sqrt((double)n * m / (n + m));
        var sum = 0.0;
        for (var term = 1; term <= 100; term++)
        {
            sum += (term % 2 == 1 ? 2 : -2) * Math.Exp(-2 * term * term * lambda * lambda);
        }

        return lambda < 0.2 ? 1 : Math.Clamp(sum, 0, 1);
    }

    /// <summary>The first Wasserstein distance: the mean distance that values have to be moved.</summary>
    /// <param name="reference">One sample, in any order, at least one value.</param>
    /// <param name="current">The other one.</param>
    public static double Wasserstein(IEnumerable<double> reference, IEnumerable<double> current)
    {
        double[] first = [.. reference.Order()];
        double[] second = [.. current.Order()];
        double[] all = [.. first.Concat(second).Order()];
        var (i, j, sum) = (0, 0, 0.0);
        for (var at = 0; at + 1 < all.Length; at++)
        {
            i = After(first, i, all[at]);
            j = After(second, j, all[at]);
            sum += Math.Abs(((double)i / first.Length) - ((double)j / second.Length)) * (all[at + 1] - all[at]);
        }

        return sum;
    }

    /// <summary>The Jensen-Shannon distance to base e: the root of the divergence.</summary>
    /// <param name="reference">Counts or shares.</param>
    /// <param name="current">The same, bin by bin.</param>
    public static double JensenShannon(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (n, m) = (reference.Sum(), current.Sum());
        return Math.Sqrt(Math.Max(0, reference.Zip(current, (a, b) => (Term(a / n, b / m) + Term(b / m, a / n)) / 2).Sum()));

        static double Term(double share, double other) => share == 0 ? 0 : share * Math.Log(share / ((share + other) / 2));
    }

    /// <summary>The largest difference of shares.</summary>
    /// <param name="reference">Counts or shares.</param>
    /// <param name="current">The same, bin by bin.</param>
    public static double LInfinity(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (n, m) = (reference.Sum(), current.Sum());
        return reference.Zip(current, (a, b) => Math.Abs((a / n) - (b / m))).Max();
    }

    /// <summary>
    /// Pearson's test of goodness of fit, which takes the reference for the truth: the probability of counts so different from it.
    /// </summary>
    /// <param name="reference">Counts; bins without any are left out.</param>
    /// <param name="current">The same, bin by bin.</param>
    public static double GoodnessOfFitProbability(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (n, m) = (reference.Sum(), current.Sum());
        var bins = reference.Zip(current, (a, b) => (Expected: a * m / n, Found: b)).Where(bin => bin.Expected > 0).ToList();
        var statistic = bins.Sum(bin => Math.Pow(bin.Found - bin.Expected, 2) / bin.Expected);
        return bins.Count < 2 ? 1 : SpecialFunctions.GammaUpperRegularized((bins.Count - 1) / 2.0, statistic / 2);
    }

    private static int After(double[] sorted, int from, double value)
    {
        while (from < sorted.Length && sorted[from] <= value)
        {
            from++;
        }

        return from;
    }
}

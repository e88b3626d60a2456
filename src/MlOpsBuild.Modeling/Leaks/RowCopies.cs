namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// Tells rows that were copied from rows that are equal by chance. Of rows drawn independently from any distribution, let F(k) be how many
/// different ones occur k times: occurrences are a mixture of Poisson numbers, so that by the inequality of Cauchy and Schwarz
/// F(k + 1) is expected to be at least k / (k + 1) · F(k)² / F(k − 1). Copies occur so many times and no more.
/// </summary>
internal static class RowCopies
{
    private const double Deviations = 3;

    /// <summary>Whether some of the rows are copies of others.</summary>
    /// <param name="keys">What each row is.</param>
    public static bool Are(IReadOnlyList<ulong> keys)
    {
        var times = keys.CountBy(key => key).CountBy(key => key.Value).ToDictionary();
        return times.Any(occurring => occurring.Key >= 2 && AreTooFew(
            occurring.Key, times.GetValueOrDefault(occurring.Key - 1), occurring.Value, times.GetValueOrDefault(occurring.Key + 1)));
    }

    private static bool AreTooFew(int times, int before, int now, int after)
    {
        // Each number is taken three standard errors to the side that excuses the rows.
        var fewest = Math.Max(0, now - (Deviations * Math.Sqrt(now)));
        return AtMost(after) < (double)times / (times + 1) * fewest * fewest / AtMost(before);
    }

    private static double AtMost(int count) => count + (Deviations * (Math.Sqrt(count) + 1));
}

namespace MlOpsBuild.Data.Summaries;

/// <summary>What the numbers of a column look like.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">With n − 1; NaN for one number.</param>
/// <param name="Skewness">The third standardised moment (g1); NaN for equal values.</param>
/// <param name="Kurtosis">The fourth standardised moment less 3 (g2); NaN for equal values.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
/// <param name="Quantiles">Type 7 (Hyndman and Fan 1996) at <see cref="Levels"/>.</param>
/// <param name="RankError">How far, as a share of all values, a rank can be off with 99 % probability; 0 where
/// all values were counted.</param>
/// <param name="Histogram">Bars of equal width between the 1 % and the 99 % quantile, widened by half of their distance
/// on either side at most.</param>
/// <param name="Below">Values below the bars.</param>
/// <param name="Above">Values above them.</param>
public sealed record NumberSummary(
    double Mean, double StandardDeviation, double Skewness, double Kurtosis, double Minimum, double Maximum,
    IReadOnlyList<double> Quantiles, double RankError,
    IReadOnlyList<HistogramBin> Histogram, long Below, long Above)
{
    /// <summary>The levels of the quantiles.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
}

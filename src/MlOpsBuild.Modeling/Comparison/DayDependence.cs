using MathNet.Numerics.Distributions;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>
/// How much days depend on one another, and what that does to an interval. The autocorrelation of the days' influence on the metric
/// (jackknife pseudo-values), corrected for its bias (Marriott and Pope 1954), gives the length of a block (Carlstein 1986); an interval is
/// stretched for the few blocks there are (Student's t), and is never narrower than that autocorrelation implies.
/// </summary>
/// <param name="Days">Number of days.</param>
/// <param name="Autocorrelation">First autocorrelation, corrected, in [0, 0.97].</param>
/// <param name="Deviation">Standard deviation of the influence of a day.</param>
/// <param name="Block">Days in a block.</param>
internal sealed record DayDependence(int Days, double Autocorrelation, double Deviation, int Block)
{
    private const double Largest = 0.97;
    private const int FewestBlocks = 5;

    /// <summary>Blocks of a given length, and nothing said of what they depend on.</summary>
    public static DayDependence None(int days, int block) => new(days, 0, 0, block);

    public static DayDependence Of(double[] influence)
    {
        var mean = influence.Average();
        var (squares, products) = (0.0, 0.0);
        for (var day = 0; day < influence.Length; day++)
        {
            squares += (influence[day] - mean) * (influence[day] - mean);
            products += day == 0 ? 0 : (influence[day] - mean) * (influence[day - 1] - mean);
        }

        var first = squares > 0 ? products / squares : 0;
        var corrected = Math.Clamp(first + ((1 + (3 * first)) / influence.Length), 0, Largest);
        var block = Math.Pow(Math.Sqrt(6) * corrected / (1 - (corrected * corrected)), 2.0 / 3) * Math.Cbrt(influence.Length);
        return new(influence.Length, corrected, Math.Sqrt(squares / (influence.Length - 1)), Math.Clamp((int)Math.Round(block), 1, Math.Max(1, influence.Length / FewestBlocks)));
    }

    /// <summary>The factor by which an interval of this half-width is stretched.</summary>
    public double Stretch(double confidence, double halfWidth)
    {
        var inflation = (1 + Autocorrelation) / (1 - Autocorrelation);
        var byBlocks = Student(confidence, ((double)Days / Block) - 1) / Normal.InvCDF(0, 1, (1 + confidence) / 2) / Math.Sqrt(1 - ((double)Block / Days));
        var implied = Student(confidence, Math.Max(2, (Days / inflation) - 1)) * Deviation * Math.Sqrt(inflation / Days);
        return halfWidth > 0 ? Math.Max(byBlocks, implied / halfWidth) : 1;
    }

    private static double Student(double confidence, double freedom) => StudentT.InvCDF(0, 1, Math.Max(1, freedom), (1 + confidence) / 2);
}

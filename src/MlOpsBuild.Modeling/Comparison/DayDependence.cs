using MathNet.Numerics.Distributions;

namespace MlOpsBuild.Modeling.Comparison;

/// <summary>
/// How much days depend on one another, and what that does to an interval. The autocorrelation of the days' influence on the metric
/// (jackknife pseudo-values), with their trend taken out and corrected for its bias (Marriott and Pope 1954), gives the length of a block
/// (Carlstein 1986); an interval is stretched for the few blocks there are (Student's t), and is never narrower than that autocorrelation
/// implies.
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
        var days = influence.Length;
        var rest = WithoutTrend(influence);
        var (squares, products) = (0.0, 0.0);
        for (var day = 0; day < days; day++)
        {
            squares += rest[day] * rest[day];
            products += day == 0 ? 0 : rest[day] * rest[day - 1];
        }

        var first = squares > 0 ? products / squares : 0;
        var corrected = Math.Clamp((first + (2.0 / days)) / (1 - (4.0 / days)), 0, Largest);
        var block = Math.Pow(Math.Sqrt(6) * corrected / (1 - (corrected * corrected)), 2.0 / 3) * Math.Cbrt(days);
        var mean = influence.Average();
        return new(
            days, corrected, Math.Sqrt(influence.Sum(value => (value - mean) * (value - mean)) / (days - 1)),
            Math.Clamp((int)Math.Round(block), 1, Math.Max(1, days / FewestBlocks)));
    }

    // A drift over the hold-out is a difference between its days, and no dependence of one day on the one before.
    private static double[] WithoutTrend(double[] influence)
    {
        var (mean, middle) = (influence.Average(), (influence.Length - 1) / 2.0);
        var (along, spread) = (0.0, 0.0);
        for (var day = 0; day < influence.Length; day++)
        {
            along += (day - middle) * (influence[day] - mean);
            spread += (day - middle) * (day - middle);
        }

        return [.. influence.Select((value, day) => value - mean - (along / spread * (day - middle)))];
    }

    /// <summary>Whether it could be computed: sums of the squares of very large values are no numbers.</summary>
    public bool IsFinite => double.IsFinite(Autocorrelation) && double.IsFinite(Deviation);

    /// <summary>The factor by which an interval of this half-width is stretched.</summary>
    public double Stretch(double confidence, double halfWidth)
    {
        var inflation = (1 + Autocorrelation) / (1 - Autocorrelation);
        var byBlocks = Student(confidence, ((double)Days / Block) - 1)
            / Normal.InvCDF(0, 1, (1 + confidence) / 2)
            / Math.Sqrt(1 - ((double)Block / Days));
        var implied = Student(confidence, Math.Max(2, (Days / inflation) - 1)) * Deviation * Math.Sqrt(inflation / Days);
        return halfWidth > 0 ? Math.Max(byBlocks, implied / halfWidth) : 1;
    }

    private static double Student(double confidence, double freedom) => StudentT.InvCDF(0, 1, Math.Max(1, freedom), (1 + confidence) / 2);
}

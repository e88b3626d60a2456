using MathNet.Numerics.Distributions;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Statistics;

/// <summary>The difference of two means of independent units, the variance of each arm being its own (Welch 1947).</summary>
/// <param name="First">Mean of the first arm.</param>
/// <param name="Second">Mean of the second arm.</param>
/// <param name="Variance">Variance of the difference.</param>
/// <param name="Freedom">Degrees of freedom by Welch and Satterthwaite.</param>
/// <param name="PooledVariance">Variance of the difference if both arms are alike, from all units around their common mean.</param>
public sealed record MeanDifference(double First, double Second, double Variance, double Freedom, double PooledVariance)
{
    /// <summary>The second mean minus the first.</summary>
    public double Value => Second - First;

    /// <summary>
    /// The larger of both variances. Where a small arm has not shown its rare values yet, its own variance is far too small (0 of one
    /// without any conversion), and a look at that moment would see what is not there.
    /// </summary>
    public double CautiousVariance => Math.Max(Variance, PooledVariance);

    /// <summary>Of two arms with at least two units each.</summary>
    public static MeanDifference Of(double[] first, double[] second)
    {
        var (one, other) = (MomentsOf(first), MomentsOf(second));
        var (a, b) = (one.Variance / first.Length, other.Variance / second.Length);
        var count = first.Length + second.Length;
        var common = ((first.Length * one.Mean) + (second.Length * other.Mean)) / count;
        var squares = ((first.Length - 1) * one.Variance) + ((second.Length - 1) * other.Variance)
            + (first.Length * Square(one.Mean - common)) + (second.Length * Square(other.Mean - common));
        return new(
            one.Mean, other.Mean, a + b,
            a + b == 0 ? count - 2 : Square(a + b) / ((a * a / (first.Length - 1)) + (b * b / (second.Length - 1))),
            squares / (count - 1) * ((1.0 / first.Length) + (1.0 / second.Length)));
    }

    /// <summary>The interval for a single look, by Student's t.</summary>
    /// <param name="alpha">Probability of being wrong, in (0, 1).</param>
    public Interval At(double alpha)
    {
        var half = StudentT.InvCDF(0, 1, Freedom, 1 - (alpha / 2)) * Math.Sqrt(Variance);
        return new(Value - half, Value + half, 1 - alpha);
    }

    private static (double Mean, double Variance) MomentsOf(double[] values)
    {
        var mean = values.Average();
        return (mean, values.Sum(value => Square(value - mean)) / (values.Length - 1));
    }

    private static double Square(double value) => value * value;
}

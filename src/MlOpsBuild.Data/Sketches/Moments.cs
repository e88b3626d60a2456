using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Number, mean and central sums up to the fourth power, which can be joined
/// (Pébay 2008, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments").
/// </summary>
internal readonly record struct Moments(long Count, double Mean, double Second, double Third, double Fourth, double Minimum, double Maximum)
{
    private const int Side = 4;

    /// <summary>Of no value.</summary>
    public static Moments None { get; } = new(0, 0, 0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>With n − 1; NaN for fewer than two values.</summary>
    public double StandardDeviation => Count > 1 ? Math.Sqrt(Second / (Count - 1)) : double.NaN;

    /// <summary>The third standardised moment g1; NaN for equal values.</summary>
    public double Skewness => Second > 0 ? Math.Sqrt(Count) * Third / Math.Pow(Second, 1.5) : double.NaN;

    /// <summary>The fourth standardised moment less that of a normal distribution, g2; NaN for equal values.</summary>
    public double Kurtosis => Second > 0 ? (Count * Fourth / (Second * Second)) - 3 : double.NaN;

    /// <summary>Of values: the mean first, then the sums around it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.Length == 0)
        {
            return None;
        }

        var (lows, highs) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var sums = Vector256<double>.Zero;
        foreach (var some in MemoryMarshal.Cast<double, Vector256<double>>(values))
        {
            sums += some;
            lows = Vector256.Min(lows, some);
            highs = Vector256.Max(highs, some);
        }

        var (sum, low, high) = (Vector256.Sum(sums), Lowest(lows), -Lowest(-highs));
        foreach (var value in values[^(values.Length % Side)..])
        {
            (sum, low, high) = (sum + value, Math.Min(low, value), Math.Max(high, value));
        }

        return Around(values, sum / values.Length, low, high);
    }

    /// <summary>Of values that occur several times.</summary>
    public static Moments Of(RankedValues values)
    {
        if (values.Total == 0)
        {
            return None;
        }

        var (sum, second, third, fourth) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < values.Values.Length; i++)
        {
            sum += values.Values[i] * values.Weights[i];
        }

        var mean = sum / values.Total;
        for (var i = 0; i < values.Values.Length; i++)
        {
            var (away, weight) = (values.Values[i] - mean, values.Weights[i]);
            var square = away * away;
            second += weight * square;
            third += weight * square * away;
            fourth += weight * square * square;
        }

        return new(values.Total, mean, second, third, fourth, values.Values[0], values.Values[^1]);
    }

    /// <summary>Of the values of both.</summary>
    public Moments With(Moments other)
    {
        if (other.Count == 0 || Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double n = Count + other.Count, a = Count, b = other.Count;
        var d = other.Mean - Mean;
        return new(
            Count + other.Count,
            Mean + (d * b / n),
            Second + other.Second + (d * d * a * b / n),
            Third + other.Third + (d * d * d * a * b * (a - b) / (n * n)) + (3 * d * ((a * other.Second) - (b * Second)) / n),
            Fourth + other.Fourth + (d * d * d * d * a * b * ((a * a) - (a * b) + (b * b)) / (n * n * n))
                + (6 * d * d * ((a * a * other.Second) + (b * b * Second)) / (n * n)) + (4 * d * ((a * other.Third) - (b * Third)) / n),
            Math.Min(Minimum, other.Minimum),
            Math.Max(Maximum, other.Maximum));
    }

    // Four sums side by side, joined in a fixed order: every machine gives the same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Moments Around(ReadOnlySpan<double> values, double mean, double low, double high)
    {
        var (means, seconds, thirds, fourths) =
            (Vector256.Create(mean), Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        foreach (var some in MemoryMarshal.Cast<double, Vector256<double>>(values))
        {
            var away = some - means;
            var square = away * away;
            seconds += square;
            thirds += square * away;
            fourths += square * square;
        }

        var (second, third, fourth) = (Vector256.Sum(seconds), Vector256.Sum(thirds), Vector256.Sum(fourths));
        foreach (var value in values[^(values.Length % Side)..])
        {
            var away = value - mean;
            var square = away * away;
            (second, third, fourth) = (second + square, third + (square * away), fourth + (square * square));
        }

        return new(values.Length, mean, second, third, fourth, low, high);
    }

    private static double Lowest(Vector256<double> lows) => Math.Min(Math.Min(lows[0], lows[1]), Math.Min(lows[2], lows[3]));
}

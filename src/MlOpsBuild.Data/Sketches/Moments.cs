namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Number, mean and central sums up to the fourth power, which can be joined
/// (Pébay 2008, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments").
/// </summary>
internal readonly record struct Moments(long Count, double Mean, double Second, double Third, double Fourth, double Minimum, double Maximum)
{
    public static Moments None { get; } = new(0, 0, 0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);

    /// <summary>With n − 1; NaN for fewer than two values.</summary>
    public double StandardDeviation => Count > 1 ? Math.Sqrt(Second / (Count - 1)) : double.NaN;

    /// <summary>The third standardised moment g1; NaN for equal values.</summary>
    public double Skewness => Second > 0 ? Math.Sqrt(Count) * Third / Math.Pow(Second, 1.5) : double.NaN;

    /// <summary>The fourth standardised moment less that of a normal distribution, g2; NaN for equal values.</summary>
    public double Kurtosis => Second > 0 ? (Count * Fourth / (Second * Second)) - 3 : double.NaN;

    /// <summary>Of values: the mean first, then the sums around it.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.Length == 0)
        {
            return None;
        }

        var (sum, low, high) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            sum += value;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        var mean = sum / values.Length;
        var (second, third, fourth) = (0.0, 0.0, 0.0);
        foreach (var value in values)
        {
            var away = value - mean;
            var square = away * away;
            second += square;
            third += square * away;
            fourth += square * square;
        }

        return new(values.Length, mean, second, third, fourth, low, high);
    }

    /// <summary>Of values that occur several times.</summary>
    public static Moments Of(IReadOnlyCollection<WeightedValue> values)
    {
        if (values.Count == 0)
        {
            return None;
        }

        var count = values.Sum(value => value.Count);
        var mean = values.Sum(value => value.Value * value.Count) / count;
        var (second, third, fourth) = (0.0, 0.0, 0.0);
        foreach (var value in values)
        {
            var away = value.Value - mean;
            var square = away * away;
            second += value.Count * square;
            third += value.Count * square * away;
            fourth += value.Count * square * square;
        }

        return new(count, mean, second, third, fourth, values.Min(value => value.Value), values.Max(value => value.Value));
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
}

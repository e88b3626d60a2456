namespace MlOpsBuild.Data.Sketches;

/// <summary>Sums of products of two columns about their means, over the rows that have both; they can be joined (Pébay 2008).</summary>
internal readonly record struct CoMoments(long Count, double MeanX, double MeanY, double SumXx, double SumYy, double SumXy)
{
    /// <summary>Pearson's correlation; NaN for fewer than three rows, or where a column has one value.</summary>
    public double Correlation => Count > 2 && SumXx > 0 && SumYy > 0 ? SumXy / Math.Sqrt(SumXx * SumYy) : double.NaN;

    /// <summary>Of two columns with a value in every row, whose own moments are known.</summary>
    public static CoMoments Of(ReadOnlySpan<double> centredX, ReadOnlySpan<double> centredY, Moments x, Moments y) =>
        new(x.Count, x.Mean, y.Mean, x.Second, y.Second, Product(centredX, centredY));

    /// <summary>Of two columns with gaps (NaN).</summary>
    public static CoMoments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (count, sumX, sumY) = (0L, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]) && !double.IsNaN(y[i]))
            {
                (count, sumX, sumY) = (count + 1, sumX + x[i], sumY + y[i]);
            }
        }

        if (count == 0)
        {
            return default;
        }

        var (meanX, meanY, xx, yy, xy) = (sumX / count, sumY / count, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]) && !double.IsNaN(y[i]))
            {
                var (a, b) = (x[i] - meanX, y[i] - meanY);
                (xx, yy, xy) = (xx + (a * a), yy + (b * b), xy + (a * b));
            }
        }

        return new(count, meanX, meanY, xx, yy, xy);
    }

    /// <summary>Of the rows of both.</summary>
    public CoMoments With(CoMoments other)
    {
        if (other.Count == 0 || Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double n = Count + other.Count;
        var (dx, dy, share) = (other.MeanX - MeanX, other.MeanY - MeanY, Count * (other.Count / n));
        return new(
            Count + other.Count, MeanX + (dx * other.Count / n), MeanY + (dy * other.Count / n),
            SumXx + other.SumXx + (dx * dx * share), SumYy + other.SumYy + (dy * dy * share), SumXy + other.SumXy + (dx * dy * share));
    }

    // Four sums side by side: the order is fixed, so that every machine gives the same bits.
    private static double Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b, c, d, i) = (0.0, 0.0, 0.0, 0.0, 0);
        for (; i + 4 <= x.Length; i += 4)
        {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++)
        {
            a += x[i] * y[i];
        }

        return a + b + (c + d);
    }
}

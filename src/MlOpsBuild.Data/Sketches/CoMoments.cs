using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>Sums of products of two columns about their means, over the rows that have both; they can be joined (Pébay 2008).</summary>
internal readonly record struct CoMoments(long Count, double MeanX, double MeanY, double SumXx, double SumYy, double SumXy)
{
    private const double Rounding = 1e-13;

    /// <summary>Pearson's correlation; NaN for fewer than three rows, or where a column has one value.</summary>
    public double Correlation =>
        Count > 2 && Varies(SumXx, MeanX) && Varies(SumYy, MeanY) ? SumXy / Math.Sqrt(SumXx * SumYy) : double.NaN;

    /// <summary>Of two columns over rows where both may have gaps.</summary>
    public static CoMoments Of(RowValues x, RowValues y) =>
        x.HasAll && y.HasAll ? OfAll(x, y, Product(x.Centred, y.Centred)) : OfBoth(x, y);

    /// <summary>Of two columns without gaps, the sum of whose products about their means is known.</summary>
    public static CoMoments OfAll(RowValues x, RowValues y, double product) =>
        new(x.Moments.Count, x.Moments.Mean, y.Moments.Mean, x.Moments.Second, y.Moments.Second, product);

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

    // The mean of equal values can be off by their rounding.
    private bool Varies(double squares, double mean) => squares > Count * mean * mean * Rounding * Rounding;

    // The means are those of the rows with both, to the last digit: a column with one value there does not vary.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static CoMoments OfBoth(RowValues x, RowValues y)
    {
        var n = Product(x.Has, y.Has);
        if (n == 0)
        {
            return default;
        }

        var (meanX, meanY) = (Product(x.Filled, y.Has) / n, Product(y.Filled, x.Has) / n);
        var (xx, yy, xy) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (rest, i) = (x.Has.Length % Vector256<double>.Count, 0);
        for (; i < x.Has.Length - rest; i += Vector256<double>.Count)
        {
            var both = Vector256.Create(x.Has[i..]) * Vector256.Create(y.Has[i..]);
            var a = (Vector256.Create(x.Filled[i..]) - Vector256.Create(meanX)) * both;
            var b = (Vector256.Create(y.Filled[i..]) - Vector256.Create(meanY)) * both;
            (xx, yy, xy) = (xx + (a * a), yy + (b * b), xy + (a * b));
        }

        var (sumXx, sumYy, sumXy) = (Vector256.Sum(xx), Vector256.Sum(yy), Vector256.Sum(xy));
        for (; i < x.Has.Length; i++)
        {
            var both = x.Has[i] * y.Has[i];
            var (a, b) = ((x.Filled[i] - meanX) * both, (y.Filled[i] - meanY) * both);
            (sumXx, sumYy, sumXy) = (sumXx + (a * a), sumYy + (b * b), sumXy + (a * b));
        }

        return new((long)n, meanX, meanY, sumXx, sumYy, sumXy);
    }

    /// <summary>
    /// The sum of products: sixteen sums side by side, joined in a fixed order, so that every machine gives the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var first = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var second = MemoryMarshal.Cast<double, Vector256<double>>(y);
        var i = 0;
        for (; i + 3 < first.Length && i + 3 < second.Length; i += 4)
        {
            a += first[i] * second[i];
            b += first[i + 1] * second[i + 1];
            c += first[i + 2] * second[i + 2];
            d += first[i + 3] * second[i + 3];
        }

        var sum = Vector256.Sum(a + b + (c + d));
        for (var rest = i * Vector256<double>.Count; rest < x.Length; rest++)
        {
            sum += x[rest] * y[rest];
        }

        return sum;
    }
}

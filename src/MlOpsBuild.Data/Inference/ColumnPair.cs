using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Inference;

/// <summary>Two columns that go together, as two sensors of nearly the same do: Second ≈ Slope × First + Intercept.</summary>
/// <param name="First">The property of one.</param>
/// <param name="Second">The property of the other.</param>
/// <param name="Slope">By least squares.</param>
/// <param name="Intercept">By least squares.</param>
/// <param name="Bound">Ten times the usual distance from the line (by the median).</param>
/// <param name="Apart">Rows farther from it.</param>
public sealed record ColumnPair(string First, string Second, double Slope, double Intercept, double Bound, int Apart)
{
    private const double Together = 0.97;
    private const double FarFactor = 10;
    private const double MedianToDeviation = 1.4826;
    private const double MostApart = 0.005;
    private const int Digits = 3;

    /// <summary>The pair; null where they do not go together, or no row is apart.</summary>
    internal static ColumnPair? Of(string firstName, IReadOnlyList<double> first, string secondName, IReadOnlyList<double> second)
    {
        var (meanFirst, meanSecond) = (first.Average(), second.Average());
        var (squares, others, products) = (0.0, 0.0, 0.0);
        for (var row = 0; row < first.Count; row++)
        {
            var (x, y) = (first[row] - meanFirst, second[row] - meanSecond);
            (squares, others, products) = (squares + (x * x), others + (y * y), products + (x * y));
        }

        if (squares == 0 || others == 0 || Math.Abs(products) < Together * Math.Sqrt(squares * others))
        {
            return null;
        }

        var slope = Math.Round(products / squares, Digits);
        var intercept = Math.Round(meanSecond - (slope * meanFirst), Digits);
        List<double> distances = [.. first.Zip(second, (x, y) => Math.Abs(y - (slope * x) - intercept))];
        var bound = Math.Round(FarFactor * MedianToDeviation * Quantile.Median(distances), Digits);
        var apart = distances.Count(distance => distance > bound);
        return bound > 0 && apart > 0 && apart <= MostApart * first.Count
            ? new(firstName, secondName, slope, intercept, bound, apart)
            : null;
    }
}

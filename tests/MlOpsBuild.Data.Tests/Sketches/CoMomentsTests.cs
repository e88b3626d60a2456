using MlOpsBuild.Core;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>Correlations are those of the rows that have both, in parts as in one, and of columns that vary.</summary>
public sealed class CoMomentsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Gaps_leave_the_correlation_of_the_rows_with_both(int gaps)
    {
        var (random, x, y) = (new SplitMix64(4), new double[1001], new double[1001]);
        for (var row = 0; row < x.Length; row++)
        {
            var common = random.NextNormal();
            x[row] = gaps > 0 && random.NextInt(gaps) == 0 ? double.NaN : 1e6 + common + random.NextNormal();
            y[row] = gaps > 0 && random.NextInt(gaps) == 0 ? double.NaN : (3 * common) - random.NextNormal();
        }

        var whole = Of(x, y);
        var joined = Of(x[..137], y[..137]).With(Of(x[137..], y[137..]));

        (double X, double Y)[] both = [.. x.Zip(y).Where(row => !double.IsNaN(row.First) && !double.IsNaN(row.Second))];
        var (meanX, meanY) = (both.Average(row => row.X), both.Average(row => row.Y));
        var expected = both.Sum(row => (row.X - meanX) * (row.Y - meanY))
            / Math.Sqrt(both.Sum(row => Math.Pow(row.X - meanX, 2)) * both.Sum(row => Math.Pow(row.Y - meanY, 2)));
        whole.Count.ShouldBe(both.Length);
        whole.MeanX.ShouldBe(meanX, 1e-6);
        whole.Correlation.ShouldBe(expected, 1e-9);
        joined.Correlation.ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void A_column_with_one_value_has_none()
    {
        double[] constant = [.. Enumerable.Repeat(0.1, 999)];
        double[] other = [.. Enumerable.Range(0, 999).Select(value => (double)value)];

        Of(constant, other).Correlation.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_column_with_one_value_where_the_other_has_any_has_none()
    {
        double[] x = [.. Enumerable.Range(0, 999).Select(row => row < 500 ? 0.1 : row)];
        double[] y = [.. Enumerable.Range(0, 999).Select(row => row < 500 ? row : double.NaN)];

        Of(x, y).Correlation.ShouldBe(double.NaN);
    }

    private static CoMoments Of(double[] x, double[] y) => CoMoments.Of(RowValues.Of(x), RowValues.Of(y));
}

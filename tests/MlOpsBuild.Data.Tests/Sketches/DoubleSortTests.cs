using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>Numbers of every size and sign come in the order of the runtime's sort.</summary>
public sealed class DoubleSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5000)]
    public void Any_numbers_are_sorted(int count)
    {
        var random = new SplitMix64((ulong)count);
        double[] extremes =
            [0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity];
        double[] values = [.. Enumerable.Range(0, count).Select(place => random.NextInt(20) == 0
            ? extremes[place % extremes.Length]
            : random.NextNormal() * Math.Pow(10, random.NextInt(40) - 20))];
        double[] expected = [.. values.Order()];

        var sort = new DoubleSort();
        sort.Sort(values);

        values.ShouldBe(expected);
    }

    [Fact]
    public void One_sorts_after_the_other()
    {
        var sort = new DoubleSort();
        foreach (var count in new[] { 3000, 600, 4000, 10 })
        {
            double[] values = [.. Enumerable.Range(0, count).Select(value => (double)((value * 7919) % count) - (count / 2))];
            sort.Sort(values);
            values.ShouldBe(values.Order());
        }
    }

    [Theory]
    [InlineData(double.MaxValue)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void One_value_far_from_all_others_changes_nothing_but_the_time(double far)
    {
        var random = new SplitMix64(9);
        double[] values = [.. Enumerable.Range(0, 3000).Select(_ => (double)random.NextInt(50)), far, -far];
        double[] expected = [.. values.Order()];

        new DoubleSort().Sort(values);

        values.ShouldBe(expected);
    }
}

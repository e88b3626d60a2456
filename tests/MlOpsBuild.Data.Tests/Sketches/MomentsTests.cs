using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>Moments of any number of values are those of their definition, joined or not.</summary>
public sealed class MomentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1003)]
    public void Sums_around_the_mean_are_those_of_the_definition(int count)
    {
        var random = new SplitMix64((ulong)count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => 1000 + random.NextNormal())];

        Moments[] same = [Moments.Of(values), Moments.Of(values.AsSpan(0, count / 3)).With(Moments.Of(values.AsSpan(count / 3)))];

        var mean = values.Average();
        foreach (var moments in same)
        {
            moments.Count.ShouldBe(count);
            moments.Mean.ShouldBe(mean, 1e-9);
            moments.Second.ShouldBe(values.Sum(value => Math.Pow(value - mean, 2)), 1e-7);
            moments.Third.ShouldBe(values.Sum(value => Math.Pow(value - mean, 3)), 1e-6);
            moments.Fourth.ShouldBe(values.Sum(value => Math.Pow(value - mean, 4)), 1e-5);
            (moments.Minimum, moments.Maximum).ShouldBe((values.Min(), values.Max()));
        }
    }
}

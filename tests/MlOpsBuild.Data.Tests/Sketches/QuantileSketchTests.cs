using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>Ranks are exact while values are few, and within the stated bound for any order of many.</summary>
public sealed class QuantileSketchTests
{
    private const int Many = 1_000_000;

    [Fact]
    public void Few_values_are_all_kept()
    {
        var sketch = new QuantileSketch();
        sketch.Add([3, 1, 2, 2]);

        sketch.RankError.ShouldBe(0);
        Kept(sketch).ShouldBe([(1, 1), (2, 1), (2, 1), (3, 1)]);
    }

    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("mixed")]
    public void Ranks_of_many_values_are_within_the_bound(string order)
    {
        var values = Values(order);
        var sketch = new QuantileSketch();
        foreach (var some in values.Chunk(8192))
        {
            sketch.Add(some);
        }

        sketch.Count.ShouldBe(Many);
        sketch.RankError.ShouldBeInRange(0.0001, 0.003);
        ShouldRank(sketch);
    }

    [Fact]
    public void Joined_sketches_keep_the_bound()
    {
        var joined = new QuantileSketch();
        foreach (var part in Values("mixed").Chunk(Many / 7))
        {
            var sketch = new QuantileSketch();
            sketch.Add(part);
            joined.Merge(sketch);
        }

        joined.Count.ShouldBe(Many);
        ShouldRank(joined);
    }

    [Theory]
    [InlineData(5_000_003)]
    [InlineData(20_000_001)]
    public void Very_many_values_come_in_by_blocks_within_the_bound(int count)
    {
        var (sketch, some, from) = (new QuantileSketch(), new double[8191], 0);
        var step = 7_368_787L;
        for (; from < count; from += some.Length)
        {
            var taken = some.AsSpan(0, Math.Min(some.Length, count - from));
            for (var i = 0; i < taken.Length; i++)
            {
                taken[i] = (from + i) * step % count;
            }

            sketch.Add(taken);
        }

        sketch.Count.ShouldBe(count);
        sketch.RankError.ShouldBeInRange(0.0005, 0.003);
        var (below, worst) = (0L, 0.0);
        foreach (var value in Kept(sketch))
        {
            worst = Math.Max(worst, Math.Abs(below - value.Value) / count);
            below += value.Count;
        }

        below.ShouldBe(count);
        worst.ShouldBeLessThan(2 * sketch.RankError);
    }

    [Fact]
    public void Blocks_that_are_not_full_are_joined_value_by_value()
    {
        var (first, second) = (new QuantileSketch(), new QuantileSketch());
        foreach (var some in Values("mixed").Chunk(8191))
        {
            first.Add(some);
            second.Add(some);
        }

        first.Add([1]);
        second.Add([2, 3]);
        first.Merge(second);

        first.Count.ShouldBe((2 * Many) + 3);
        Kept(first).Sum(value => value.Count).ShouldBe((2 * Many) + 3);
    }

    [Fact]
    public void A_value_that_occurs_often_leaves_the_others_their_place()
    {
        var sketch = new QuantileSketch();
        sketch.Add(-1, Many);
        sketch.Add(Values("mixed"));

        sketch.Count.ShouldBe(2 * Many);
        Kept(sketch).Where(value => value.Value < 0).Sum(value => (double)value.Count).ShouldBe(Many, 2 * Many * sketch.RankError);
        sketch.RankError.ShouldBeLessThan(0.003);
    }

    // The values are the ranks.
    private static void ShouldRank(QuantileSketch sketch)
    {
        var (below, worst) = (0L, 0.0);
        foreach (var value in Kept(sketch))
        {
            worst = Math.Max(worst, Math.Abs(below - value.Value) / Many);
            below += value.Count;
        }

        below.ShouldBe(Many);
        worst.ShouldBeLessThan(2 * sketch.RankError);
    }

    private static double[] Values(string order)
    {
        double[] values = [.. Enumerable.Range(0, Many).Select(value => (double)value)];
        if (order == "mixed")
        {
            var random = new SplitMix64(1);
            for (var i = values.Length - 1; i > 0; i--)
            {
                var other = random.NextInt(i + 1);
                (values[i], values[other]) = (values[other], values[i]);
            }
        }
        else if (order == "descending")
        {
            Array.Reverse(values);
        }

        return values;
    }

    private static IEnumerable<(double Value, long Count)> Kept(QuantileSketch sketch)
    {
        var ranked = sketch.ToRanked();
        return ranked.Values.ToArray().Zip(ranked.Weights.ToArray());
    }
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Data.Sketches.Tests;

/// <summary>Numbers of different values are within four standard errors at every size.</summary>
public sealed class DistinctSketchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    [InlineData(1_000_000)]
    public void The_estimate_is_within_four_standard_errors(int distinct)
    {
        var sketch = new DistinctSketch();
        for (var value = 0; value < distinct; value++)
        {
            Add(sketch, value);
            Add(sketch, value);
        }

        sketch.Estimate().ShouldBe(distinct, (4 * DistinctSketch.RelativeError * distinct) + 1e-9);
    }

    [Fact]
    public void Joined_sketches_count_what_is_in_both_once()
    {
        var (first, second) = (new DistinctSketch(), new DistinctSketch());
        for (var value = 0; value < 60_000; value++)
        {
            Add(first, value);
            Add(second, value + 30_000);
        }

        first.Merge(second);
        first.Estimate().ShouldBe(90_000, 4 * DistinctSketch.RelativeError * 90_000);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(300_003)]
    public void Numbers_at_once_are_counted_as_one_by_one(int count)
    {
        var (together, apart, random) = (new DistinctSketch(), new DistinctSketch(), new SplitMix64(4));
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => i % 7 == 0 ? -0.0 : random.NextNormal())];
        foreach (var some in numbers.Chunk(997))
        {
            together.AddNumbers(some);
        }

        Array.ForEach(numbers, number => apart.Add(DistinctSketch.HashOf(number == 0 ? 0 : number)));
        together.Estimate().ShouldBe(apart.Estimate());
    }

    [Fact]
    public void The_published_error_is_stated() => DistinctSketch.RelativeError.ShouldBe(0.0081, 0.00005);

    private static void Add(DistinctSketch sketch, int value) => sketch.Add(new SplitMix64((ulong)value).Next());
}

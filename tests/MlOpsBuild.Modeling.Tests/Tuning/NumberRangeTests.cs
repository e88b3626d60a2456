using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class NumberRangeTests
{
    private static readonly NumberRange Whole = new("leaves", "2", 1, 4, IsWhole: true, ByFactor: false);
    private static readonly NumberRange Rate = new("rate", "0.1", 0.001, 1, IsWhole: false, ByFactor: true);

    [Fact]
    public void Every_whole_number_is_as_likely_both_ends_among_them()
    {
        var random = new SplitMix64(3);

        var counts = Enumerable.Range(0, 8000).Select(_ => new RandomSampler().Draw(Whole, [], random)).CountBy(value => value).ToList();

        counts.Select(count => count.Key).Order().ShouldBe(["1", "2", "3", "4"]);
        counts.ShouldAllBe(count => Math.Abs(count.Value - 2000) < 150);
    }

    [Fact]
    public void By_factors_each_power_of_ten_is_as_likely()
    {
        var random = new SplitMix64(4);

        var drawn = Enumerable.Range(0, 6000)
            .Select(_ => double.Parse(new RandomSampler().Draw(Rate, [], random), CultureInfo.InvariantCulture))
            .ToList();

        drawn.ShouldAllBe(value => value >= 0.001 && value <= 1);
        drawn.Count(value => value < 0.01).ShouldBeInRange(1850, 2150);
        drawn.Count(value => value > 0.1).ShouldBeInRange(1850, 2150);
    }

    [Theory]
    [InlineData(double.NegativeInfinity, "0.001")]
    [InlineData(double.PositiveInfinity, "1")]
    [InlineData(-2.302585092994046, "0.1")]
    public void A_value_can_be_typed_and_never_leaves_the_range(double inner, string value) => Rate.At(inner).ShouldBe(value);

    [Theory]
    [InlineData("0.1")]
    [InlineData("0.00123457")]
    public void A_value_is_found_where_it_was_taken(string value) => Rate.At(Rate.InnerOf(value)).ShouldBe(value);

    [Fact]
    public void A_value_beyond_the_range_that_somebody_set_lies_at_its_end() => Whole.InnerOf("900").ShouldBe(Whole.Upper);

    [Fact]
    public void It_is_told_in_words()
    {
        Rate.Describe().ShouldBe("0.001 to 1, by factors");
        Whole.Describe().ShouldBe("1 to 4");
        new ChoiceRange("family", "linear", ["linear", "trees"]).Describe().ShouldBe("linear, trees");
    }
}

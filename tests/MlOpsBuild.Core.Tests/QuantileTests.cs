namespace MlOpsBuild.Core.Tests;

public sealed class QuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void A_quantile_lies_on_the_line_between_order_statistics(double level, double expected) =>
        Quantile.Of([1, 2, 3, 4], level).ShouldBe(expected, 1e-12);

    [Fact]
    public void One_value_is_every_quantile() => Quantile.Of([7], 0.3).ShouldBe(7);

    [Fact]
    public void The_median_does_not_depend_on_the_order_of_its_values()
    {
        Quantile.Median([9, 1, 4]).ShouldBe(4);
        Quantile.Median([4, 1, 9, 2]).ShouldBe(3);
    }
}

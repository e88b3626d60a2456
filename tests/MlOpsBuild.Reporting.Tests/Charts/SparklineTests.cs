namespace MlOpsBuild.Reporting.Charts.Tests;

public sealed class SparklineTests
{
    [Fact]
    public void Eight_steps_show_all_eight_blocks() => Sparkline.Of([0, 1, 2, 3, 4, 5, 6, 7]).ShouldBe("▁▂▃▄▅▆▇█");

    [Theory]
    [InlineData(new double[] { }, "")]
    [InlineData(new[] { 5.0 }, "▁")]
    [InlineData(new[] { 3.0, 3, 3 }, "▁▁▁")]
    [InlineData(new[] { 0.0, 100 }, "▁█")]
    [InlineData(new[] { 1e300, -1e300 }, "█▁")]
    [InlineData(new[] { -2.0, -1, -2 }, "▁█▁")]
    public void A_value_is_one_character(double[] values, string line) => Sparkline.Of(values).ShouldBe(line);
}

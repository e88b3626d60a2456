using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class CupedTests
{
    private static readonly double[] Before = [1, 2, 3, 4];
    private static readonly double[] Values = [2, 3, 5, 6];

    /// <summary>By hand: cov = 7/3, var(X) = 5/3, θ = 1.4; Y − 1.4 (X − 2.5) = 4.1, 3.7, 4.3, 3.9.</summary>
    [Fact]
    public void What_was_known_before_is_taken_out()
    {
        var cuped = Cuped.Of((Values, Before));

        cuped.Theta.ShouldBe(1.4, 1e-12);
        cuped.Center.ShouldBe(2.5, 1e-12);
        cuped.Correlation.ShouldBe(7 / Math.Sqrt(50), 1e-12);
        cuped.Adjust(Values, Before).ShouldBe([4.1, 3.7, 4.3, 3.9], 1e-12);
    }

    [Fact]
    public void The_variance_that_is_left_is_one_minus_the_squared_correlation()
    {
        var random = new SplitMix64(3);
        double[] before = [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal())];
        double[] values = [.. before.Select(known => (0.6 * known) + random.NextExponential())];
        var cuped = Cuped.Of((values, before));

        Variance(cuped.Adjust(values, before)).ShouldBe(Variance(values) * cuped.VarianceLeft, 1e-9);
        cuped.Adjust(values, before).Average().ShouldBe(values.Average(), 1e-9);
    }

    [Fact]
    public void An_effect_is_neither_taken_out_nor_taken_for_a_correlation()
    {
        double[] treated = [.. Values.Select(value => value + 100)];
        double[] active = [.. Before.Select(known => known + 1)];

        var cuped = Cuped.Of((Values, Before), (treated, active));

        cuped.Theta.ShouldBe(1.4, 1e-12);
        cuped.Center.ShouldBe(3, 1e-12);
        var gain = cuped.Adjust(treated, active).Average() - cuped.Adjust(Values, Before).Average();
        gain.ShouldBe(100 - 1.4, 1e-9);
    }

    [Fact]
    public void Where_units_did_not_differ_before_nothing_is_taken_out()
    {
        var cuped = Cuped.Of((Values, [7, 7, 7, 7]), ([], []));

        cuped.ShouldBe(Cuped.None);
        cuped.VarianceLeft.ShouldBe(1);
        cuped.Adjust(Values, Before).ShouldBe(Values);
    }

    private static double Variance(double[] values) =>
        values.Sum(value => (value - values.Average()) * (value - values.Average())) / (values.Length - 1);
}

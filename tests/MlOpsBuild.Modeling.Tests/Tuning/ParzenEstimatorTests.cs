using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning.Tests;

public sealed class ParzenEstimatorTests
{
    /// <summary>By the trapezoidal rule; curves that reach over the bounds are cut off there and stand higher.</summary>
    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 0.0 })]
    [InlineData(new[] { 0.1, 0.11, 0.12, 2.9 })]
    [InlineData(new[] { 1.0, 1.0, 1.0 })]
    public void It_is_a_density_on_the_interval(double[] points)
    {
        const int Steps = 20_000;
        var estimator = new ParzenEstimator(points, 0, 3);

        var mass = Enumerable.Range(0, Steps + 1)
            .Sum(step => (step is 0 or Steps ? 0.5 : 1) * Math.Exp(estimator.LogDensity(3.0 * step / Steps)) * 3 / Steps);

        mass.ShouldBe(1, 1e-4);
    }

    /// <summary>Without points: a normal curve about the middle, as wide as the interval, cut off half a deviation from it.</summary>
    [Fact]
    public void Without_points_it_is_the_wide_curve_alone() =>
        Math.Exp(new ParzenEstimator([], -1, 1).LogDensity(0)).ShouldBe(0.3989422804 / 2 / 0.3829249225, 1e-8);

    [Fact]
    public void It_is_denser_where_points_are()
    {
        var estimator = new ParzenEstimator([0.2, 0.21, 0.22], 0, 1);

        estimator.LogDensity(0.21).ShouldBeGreaterThan(estimator.LogDensity(0.6) + 1);
    }

    [Fact]
    public void What_is_drawn_lies_inside_and_where_it_is_dense()
    {
        var (estimator, random) = (new ParzenEstimator([0.0, 0.01, 0.02, 0.03], 0, 1), new SplitMix64(7));

        var drawn = Enumerable.Range(0, 2000).Select(_ => estimator.Draw(random)).ToList();

        drawn.ShouldAllBe(value => value >= 0 && value <= 1);
        drawn.Count(value => value < 0.3).ShouldBeGreaterThan(1400);
    }
}

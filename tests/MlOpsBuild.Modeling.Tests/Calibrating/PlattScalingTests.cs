using MlOpsBuild.Core;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Calibrating.Tests;

public sealed class PlattScalingTests
{
    /// <summary>A model that says too much: its log-odds are twice what they should be.</summary>
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(2.0, -0.7)]
    [InlineData(1.0, 0.4)]
    public void A_curve_is_found_again(double slope, double offset)
    {
        var (said, happened) = Drawn(40_000, probability => 1 / (1 + Math.Exp(-((slope * ProbabilityMap.LogOdds(probability)) + offset))));

        var map = PlattScaling.Fit(said, happened);

        map.Slope!.Value.ShouldBe(slope, 0.05);
        map.Offset!.Value.ShouldBe(offset, 0.05);
    }

    /// <summary>At the largest likelihood the mean of what is said is that of the targets, and so is it weighted by log-odds.</summary>
    [Fact]
    public void It_is_the_largest_likelihood()
    {
        var (said, happened) = Drawn(500, probability => probability * probability);
        var positive = happened.Count(did => did);
        var (yes, no) = ((positive + 1.0) / (positive + 2.0), 1.0 / (happened.Count - positive + 2.0));

        var map = PlattScaling.Fit(said, happened);

        double[] apart = [.. said.Zip(happened, (probability, did) => map.Of(probability) - (did ? yes : no))];
        apart.Sum().ShouldBe(0, 1e-6);
        apart.Zip(said, (value, probability) => value * ProbabilityMap.LogOdds(probability)).Sum().ShouldBe(0, 1e-6);
    }

    [Fact]
    public void An_order_that_is_wrong_is_not_turned_round()
    {
        var (said, happened) = Drawn(2_000, probability => 1 - probability);

        PlattScaling.Fit(said, happened).Slope.ShouldBe(0);
    }

    [Fact]
    public void What_is_told_apart_perfectly_stays_finite()
    {
        var map = PlattScaling.Fit([0, 0, 0.1, 0.9, 1, 1], [false, false, false, true, true, true]);

        (double.IsFinite(map.Slope!.Value), double.IsFinite(map.Offset!.Value), map.Of(1) > map.Of(0)).ShouldBe((true, true, true));
    }

    private static (IReadOnlyList<double> Said, IReadOnlyList<bool> Happened) Drawn(int rows, Func<double, double> truth)
    {
        var random = new SplitMix64(9);
        double[] said = [.. Enumerable.Range(0, rows).Select(_ => 0.02 + (0.96 * random.NextDouble()))];
        return (said, [.. said.Select(probability => random.NextDouble() < truth(probability))]);
    }
}

namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class MeanDifferenceTests
{
    /// <summary>
    /// R's data set "sleep", t.test(extra ~ group): means 0.75 and 2.33, df = 17.776, 95 % interval −3.3654832 to 0.2054832 of the first
    /// minus the second.
    /// </summary>
    [Fact]
    public void Published_intervals_are_met()
    {
        var difference = MeanDifference.Of(
            [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

        difference.First.ShouldBe(0.75, 1e-12);
        difference.Second.ShouldBe(2.33, 1e-12);
        difference.Freedom.ShouldBe(17.776, 1e-3);
        var interval = difference.At(0.05);
        interval.Lower.ShouldBe(-0.2054832, 1e-6);
        interval.Upper.ShouldBe(3.3654832, 1e-6);
        interval.Confidence.ShouldBe(0.95);
    }

    /// <summary>By hand: s² = 1 and 4 of three units each; pooled around 3.5: squares 2 + 8 + 6 · 1.5² = 23.5, over 5, times 2/3.</summary>
    [Fact]
    public void Each_arm_has_its_own_variance_and_both_have_one_together()
    {
        var difference = MeanDifference.Of([1, 2, 3], [3, 5, 7]);

        difference.Value.ShouldBe(3);
        difference.Variance.ShouldBe(5.0 / 3, 1e-12);
        difference.PooledVariance.ShouldBe(23.5 / 5 * 2 / 3, 1e-12);
        difference.CautiousVariance.ShouldBe(difference.PooledVariance);
    }

    [Fact]
    public void A_small_arm_that_has_not_shown_its_rare_values_yet_is_not_taken_for_one_that_has_none()
    {
        double[] many = [.. Enumerable.Range(0, 10_000).Select(unit => unit % 100 == 0 ? 1.0 : 0)];

        var difference = MeanDifference.Of(many, new double[100]);

        // Its own variance says that a hundred times nothing is sure to be less than one in a hundred.
        Math.Abs(difference.Value).ShouldBeGreaterThan(9 * Math.Sqrt(difference.Variance));
        Math.Abs(difference.Value).ShouldBeLessThan(1.1 * Math.Sqrt(difference.CautiousVariance));
    }

    [Fact]
    public void Units_that_are_all_alike_have_no_variance() =>
        MeanDifference.Of([1, 1, 1], [1, 1]).ShouldBe(new(1, 1, 0, 3, 0));
}

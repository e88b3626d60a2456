using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Comparison.Tests;

public sealed class BootstrapDistributionTests
{
    private static readonly BootstrapDistribution Seen = Of(3);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void A_tail_is_where_an_interval_of_that_coverage_ends(double confidence)
    {
        var interval = Seen.Interval(confidence);

        Seen.TailAbove(interval.Lower).ShouldBe((1 - confidence) / 2, 0.002);
        Seen.TailBelow(interval.Upper).ShouldBe((1 - confidence) / 2, 0.002);
    }

    [Fact]
    public void What_lies_on_the_other_side_speaks_for_nothing()
    {
        var interval = Seen.Interval(0.95);

        (Seen.TailAbove(interval.Upper), Seen.TailBelow(interval.Lower)).ShouldBe((1, 1));
    }

    /// <summary>Further out than the outermost replicate nothing was seen: no probability is zero.</summary>
    [Fact]
    public void No_tail_is_smaller_than_what_was_drawn_lets_it_be() =>
        Seen.TailAbove(-1000).ShouldBe(1.0 / (PairedBlockBootstrap.Replicates + 1), 1e-9);

    /// <summary>Where the claim is just true, a test at a level rejects it about as often as the level says.</summary>
    [Fact]
    public void A_true_claim_is_rejected_as_often_as_said()
    {
        var tails = Enumerable.Range(1, 400).Select(seed => Of((ulong)seed * 7919).TailAbove(0)).ToList();

        (tails.Count(tail => tail <= 0.05) / 400.0).ShouldBe(0.05, 0.025);
        (tails.Count(tail => tail <= 0.2) / 400.0).ShouldBe(0.2, 0.045);
    }

    private static BootstrapDistribution Of(ulong seed)
    {
        var random = new SplitMix64(seed);
        return PairedBlockBootstrap.Values(
            Metrics.Bias, Sample.Predictions("noise", 40, 6, _ => random.NextNormal()), 1, block: 1).ShouldNotBeNull();
    }
}

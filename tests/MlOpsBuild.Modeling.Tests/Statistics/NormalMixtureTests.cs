namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class NormalMixtureTests
{
    /// <summary>Published numbers: tests of the package confseq of Howard et al. (v_opt = 100, α = 0.05).</summary>
    [Fact]
    public void Published_values_are_met()
    {
        var mixture = NormalMixture.TightestAt(100, 0.05);

        mixture.Rho.ShouldBe(12.60056, 1e-5);
        mixture.LogEvidence(10, 100).ShouldBe(-0.6510052, 1e-6);
        mixture.Bound(100, 0.05).ShouldBe(30.35209, 1e-5);
    }

    /// <summary>Published numbers: reference/canary-statistics.md, F5 (mSPRT of two rates with τ, pooled variance).</summary>
    [Theory]
    [InlineData(1000, 10, 1000, 20, 0.01, 0.567104, 0.016910)]
    [InlineData(9000, 45, 1000, 15, 0.005, 5.182878, 0.007958)]
    [InlineData(1000, 10, 1000, 35, 0.01, 4.341053, 0.021321)]
    public void The_mixture_is_the_sequential_probability_ratio_test_of_an_estimate(
        int first, int ofFirst, int second, int ofSecond, double tau, double evidence, double half)
    {
        var pooled = (double)(ofFirst + ofSecond) / (first + second);
        var variance = pooled * (1 - pooled) * ((1.0 / first) + (1.0 / second));
        var difference = ((double)ofSecond / second) - ((double)ofFirst / first);
        var mixture = new NormalMixture(1 / (tau * tau));

        mixture.LogEvidence(difference / variance, 1 / variance).ShouldBe(evidence, 1e-6);
        mixture.HalfWidth(variance, 0.05).ShouldBe(half, 1e-6);
    }

    [Fact]
    public void An_estimate_lies_on_its_bound_exactly_when_its_evidence_is_one_over_alpha()
    {
        var mixture = NormalMixture.TightestAt(400, 0.05);
        foreach (var variance in new[] { 0.001, 0.0025, 0.02 })
        {
            var edge = mixture.HalfWidth(variance, 0.05);

            mixture.LogEvidence(edge / variance, 1 / variance).ShouldBe(Math.Log(1 / 0.05), 1e-9);
        }
    }

    [Fact]
    public void It_is_tightest_where_it_was_asked_to_be()
    {
        var planned = NormalMixture.TightestAt(1000, 0.05).HalfWidth(1 / 1000.0, 0.05);

        foreach (var other in new[] { 100, 500, 2000, 10_000 })
        {
            NormalMixture.TightestAt(other, 0.05).HalfWidth(1 / 1000.0, 0.05).ShouldBeGreaterThan(planned);
        }
    }

    /// <summary>By hand: ρ = 1/q with q = 2 ln 20 + ln(1 + 2 ln 20) = 7.93615, bound √((1 + ρ)(2 ln 20 + ln(1 + q))).</summary>
    [Fact]
    public void A_test_at_any_look_needs_three_standard_errors_where_one_look_needs_two() =>
        NormalMixture.StandardErrors(0.05).ShouldBe(3.0352, 1e-4);
}

namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class SampleRatioTestTests
{
    /// <summary>Published numbers: reference/canary-statistics.md, F3.</summary>
    [Theory]
    [InlineData(70, 100, 0.5, 2, 6.057502)]
    [InlineData(60, 100, 0.5, 2, -0.090965)]
    [InlineData(8, 20, 0.1, 10, 3.565412)]
    [InlineData(20, 100, 0.1, 10, 2.555282)]
    [InlineData(35, 100, 0.2, 100, 2.781863)]
    public void Published_values_are_met(int inCanary, int total, double share, double concentration, double expected) =>
        SampleRatioTest.LogEvidence(inCanary, total, share, concentration).ShouldBe(expected, 1e-6);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void Without_requests_there_is_no_evidence(double share) => SampleRatioTest.LogEvidence(0, 0, share).ShouldBe(0, 1e-12);

    [Theory]
    [InlineData(30, 100, 0.2)]
    [InlineData(3, 50, 0.1)]
    public void The_two_arms_are_treated_alike(int inCanary, int total, double share) =>
        SampleRatioTest.LogEvidence(inCanary, total, share).ShouldBe(SampleRatioTest.LogEvidence(total - inCanary, total, 1 - share), 1e-9);

    [Fact]
    public void The_e_values_of_all_outcomes_average_to_one_when_the_split_is_as_asked()
    {
        const int Total = 12;
        const double Share = 0.25;
        var expectation = Enumerable.Range(0, Total + 1)
            .Sum(count => Binomial.Probability(count, Total, Share) * Math.Exp(SampleRatioTest.LogEvidence(count, Total, Share)));

        expectation.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_split_as_asked_speaks_for_itself_and_a_broken_one_against_it()
    {
        SampleRatioTest.LogEvidence(500, 10_000, 0.05).ShouldBeLessThan(0);
        SampleRatioTest.LogEvidence(1_000, 10_000, 0.05).ShouldBeGreaterThan(Math.Log(1 / 5e-4));
        SampleRatioTest.LogEvidence(250, 10_000, 0.05).ShouldBeGreaterThan(Math.Log(1 / 5e-4));
    }

    /// <summary>
    /// Published numbers: Kohavi, Tang and Xu 2020, "Trustworthy online controlled experiments", chapter 3 (p = 1.8e-6), and Wikipedia,
    /// "Sample ratio mismatch" (p = 2.54e-10).
    /// </summary>
    [Theory]
    [InlineData(815_482, 1_637_070, 0.5, 1.8e-6, 0.05e-6)]
    [InlineData(600, 1000, 0.5, 2.54e-10, 0.005e-10)]
    [InlineData(44_000, 89_000, 0.5, 0.0008, 0.00005)]
    public void A_single_look_at_a_split_has_the_published_probability(
        int inCanary, int total, double share, double expected, double within) =>
        SampleRatioTest.Probability(inCanary, total, share).ShouldBe(expected, within);

    [Fact]
    public void A_split_exactly_as_asked_is_as_probable_as_can_be()
    {
        SampleRatioTest.Probability(100, 1000, 0.1).ShouldBe(1);
        SampleRatioTest.Probability(0, 0, 0.1).ShouldBe(1);
    }
}

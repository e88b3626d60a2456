namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class EventLabelTestTests
{
    private const int Grid = 40;

    [Fact]
    public void Without_events_there_is_no_evidence_either_way()
    {
        EventLabelTest.LogEvidenceOfHarm([], 1.1).ShouldBe(0, 1e-12);
        EventLabelTest.LogEvidenceOfHarm([new(0.05, 0, 0), new(0.5, 0, 0)], 1.1).ShouldBe(0, 1e-12);
        EventLabelTest.LogEvidenceOfNoHarm([new(0.05, 0, 0)], 2).ShouldBe(0, 1e-12);
    }

    [Fact]
    public void One_event_in_the_canary_at_equal_weights_is_the_mean_ratio_of_its_probabilities()
    {
        // θ(r) = r / (1 + r) and θ(1) = 1/2, so the e-value is the mean of 2r / (1 + r).
        var expected = Ratios(1.15, 64).Average(ratio => 2 * ratio / (1 + ratio));

        EventLabelTest.LogEvidenceOfHarm([new(0.5, 1, 1)], 1).ShouldBe(Math.Log(expected), 1e-12);
    }

    [Theory]
    [InlineData(1, 2, 1.0)]
    [InlineData(3, 4, 1.0)]
    [InlineData(5, 9, 1.1)]
    [InlineData(0, 6, 1.3)]
    public void Harm_is_the_mixture_summed_directly(int inCanary, int total, double tolerated)
    {
        EventLabels[] steps = [new(0.05, 1, 3), new(0.25, inCanary, total)];

        EventLabelTest.LogEvidenceOfHarm(steps, tolerated)
            .ShouldBe(Directly(steps, tolerated, Ratios(1.15 * tolerated, 64 * tolerated)), 1e-9);
    }

    [Theory]
    [InlineData(1, 8, 2.0)]
    [InlineData(4, 9, 2.0)]
    [InlineData(0, 5, 1.5)]
    public void No_harm_is_the_mixture_below_the_margin_summed_directly(int inCanary, int total, double margin)
    {
        EventLabels[] steps = [new(0.5, inCanary, total), new(0.1, 0, 2)];

        EventLabelTest.LogEvidenceOfNoHarm(steps, margin).ShouldBe(Directly(steps, margin, Ratios(margin / 16, 0.87 * margin)), 1e-9);
    }

    [Fact]
    public void Steps_count_in_any_order_and_split_in_any_way()
    {
        EventLabels[] merged = [new(0.05, 3, 10), new(0.5, 8, 15)];
        EventLabels[] parts = [new(0.5, 5, 9), new(0.05, 3, 10), new(0.5, 3, 6)];

        EventLabelTest.LogEvidenceOfHarm(parts, 1.1).ShouldBe(EventLabelTest.LogEvidenceOfHarm(merged, 1.1), 1e-9);
        EventLabelTest.LogEvidenceOfNoHarm(parts, 2).ShouldBe(EventLabelTest.LogEvidenceOfNoHarm(merged, 2), 1e-9);
    }

    [Fact]
    public void Each_event_that_moves_to_the_canary_adds_to_harm_and_takes_from_no_harm()
    {
        var harm = Enumerable.Range(0, 21).Select(inCanary => EventLabelTest.LogEvidenceOfHarm([new(0.25, inCanary, 20)], 1.1)).ToList();
        var noHarm = Enumerable.Range(0, 21).Select(inCanary => EventLabelTest.LogEvidenceOfNoHarm([new(0.25, inCanary, 20)], 2)).ToList();

        harm.Zip(harm.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        noHarm.Zip(noHarm.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second);
    }

    [Fact]
    public void The_e_values_of_all_outcomes_average_to_one_at_the_tolerated_ratio_and_to_less_below_it()
    {
        Expectation(1.1).ShouldBe(1, 1e-9);
        Expectation(1.0).ShouldBeLessThan(1);
        Expectation(0.5).ShouldBeLessThan(Expectation(1.0));
    }

    [Fact]
    public void Very_many_events_neither_overflow_nor_vanish()
    {
        EventLabelTest.LogEvidenceOfHarm([new(0.5, 1_000_000, 1_000_000)], 1.1).ShouldBeInRange(1e5, 1e7);
        double.IsFinite(EventLabelTest.LogEvidenceOfHarm([new(0.05, 0, 1_000_000)], 1.1)).ShouldBeTrue();
        EventLabelTest.LogEvidenceOfNoHarm([new(0.5, 0, 1_000_000)], 2).ShouldBeInRange(1e5, 1e7);
    }

    private static double Expectation(double ratio) => Enumerable.Range(0, 11).Sum(inCanary =>
        Binomial.Probability(inCanary, 10, Theta(0.1, ratio)) * Math.Exp(EventLabelTest.LogEvidenceOfHarm([new(0.1, inCanary, 10)], 1.1)));

    private static double Theta(double share, double ratio) => share * ratio / ((share * ratio) + 1 - share);

    private static double[] Ratios(double from, double to) =>
        [.. Enumerable.Range(0, Grid).Select(step => Math.Exp(Math.Log(from) + (step / (Grid - 1.0) * (Math.Log(to) - Math.Log(from)))))];

    private static double Directly(
        EventLabels[] steps, double reference, double[] ratios) => Math.Log(ratios.Average(ratio => steps.Aggregate(1.0, (product, step) =>
        product * Math.Pow(Theta(step.CanaryShare, ratio) / Theta(step.CanaryShare, reference), step.InCanary)
        * Math.Pow((1 - Theta(step.CanaryShare, ratio)) / (1 - Theta(step.CanaryShare, reference)), step.Total - step.InCanary))));
}

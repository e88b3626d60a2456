namespace MlOpsBuild.Delivery.Statistics.Tests;

public sealed class RateBoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(10_000)]
    public void Without_events_it_is_the_rule_of_three_exactly(int requests) =>
        RateBound.Upper(0, requests, 0.05).ShouldBe(1 - Math.Pow(0.05, 1.0 / requests), 1e-9);

    [Fact]
    public void It_is_about_three_in_n_without_events() => RateBound.Upper(0, 1000, 0.05).ShouldBe(0.003, 0.0001);

    /// <summary>Published two-sided 95 % intervals (one-sided 97.5 %).</summary>
    [Theory]
    [InlineData(5, 50, 0.2181)]
    [InlineData(1, 10, 0.4450)]
    [InlineData(0, 20, 0.1684)]
    [InlineData(10, 100, 0.1762)]
    public void Published_clopper_pearson_limits_are_met(int events, int requests, double upper) =>
        RateBound.Upper(events, requests, 0.025).ShouldBe(upper, 6e-5);

    [Theory]
    [InlineData(5, 50)]
    [InlineData(1, 200)]
    [InlineData(17, 40)]
    public void At_the_bound_so_few_events_have_probability_alpha(int events, int requests) =>
        Binomial.AtMost(events, requests, RateBound.Upper(events, requests, 0.05)).ShouldBe(0.05, 1e-6);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    public void Without_requests_or_with_events_only_it_bounds_nothing(int events, int requests) => RateBound.Upper(events, requests, 0.05).ShouldBe(1);

    [Fact]
    public void It_rises_with_events_and_falls_with_requests()
    {
        var byEvents = Enumerable.Range(0, 40).Select(events => RateBound.Upper(events, 40, 0.05)).ToList();
        var byRequests = Enumerable.Range(3, 60).Select(requests => RateBound.Upper(2, requests, 0.05)).ToList();

        byEvents.Zip(byEvents.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        byRequests.Zip(byRequests.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second);
    }
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Statistics.Tests;

public sealed class RateBoundTests
{
    private const double Alpha = 0.05;

    [Theory]
    [InlineData(0, 50, 0.10464248)]
    [InlineData(0, 400, 0.01627644)]
    [InlineData(0, 690, 0.00985923)]
    [InlineData(0, 700, 0.00972924)]
    [InlineData(3, 1000, 0.01431215)]
    [InlineData(10, 1000, 0.02616443)]
    [InlineData(50, 1000, 0.07923958)]
    public void Published_upper_bounds_are_met(int events, int requests, double upper) =>
        RateBound.Upper(events, requests, Alpha).ShouldBe(upper, 1e-8);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(50, 1000)]
    [InlineData(40, 40)]
    public void The_lower_bound_is_the_upper_one_seen_from_the_other_side(int events, int requests) =>
        RateBound.Lower(events, requests, Alpha).ShouldBe(1 - RateBound.Upper(requests - events, requests, Alpha), 1e-9);

    [Fact]
    public void Where_nothing_can_be_ruled_out_it_bounds_nothing()
    {
        (RateBound.Lower(0, 0, Alpha), RateBound.Upper(0, 0, Alpha)).ShouldBe((0, 1));
        (RateBound.Lower(0, 9, Alpha), RateBound.Upper(9, 9, Alpha)).ShouldBe((0, 1));
    }

    [Fact]
    public void It_rises_with_events_and_falls_with_requests()
    {
        var byEvents = Enumerable.Range(0, 40).Select(events => RateBound.Upper(events, 60, Alpha)).ToList();
        var byRequests = Enumerable.Range(3, 60).Select(requests => RateBound.Upper(0, requests, Alpha)).ToList();

        byEvents.Zip(byEvents.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        byRequests.Zip(byRequests.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second);
    }

    /// <summary>The bound that was computed afresh at each look let a rate of exactly 1 % pass in 31 to 64 % of runs.</summary>
    [Fact]
    public void However_often_one_looks_a_rate_of_one_percent_is_rarely_taken_for_less()
    {
        const int Runs = 1000;
        var passed = 0;
        for (var run = 0; run < Runs; run++)
        {
            var random = new SplitMix64((ulong)run);
            var events = 0;
            for (var requests = 1; requests <= 8000; requests++)
            {
                events += random.NextDouble() < 0.01 ? 1 : 0;
                if (requests % 50 == 0 && RateBound.LogEvidence(events, requests, 0.01) >= Math.Log(1 / Alpha) && events < 0.01 * requests)
                {
                    passed++;
                    break;
                }
            }
        }

        (passed / (double)Runs).ShouldBeLessThanOrEqualTo(Alpha);
    }
}

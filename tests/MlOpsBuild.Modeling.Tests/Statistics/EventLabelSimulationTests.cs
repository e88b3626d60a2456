using MlOpsBuild.Core;
using Xunit.Abstractions;

namespace MlOpsBuild.Modeling.Statistics.Tests;

/// <summary>Seeded simulation against reference/canary-statistics.md, F1: looks after every event, up to 2000 events.</summary>
public sealed class EventLabelSimulationTests(ITestOutputHelper output)
{
    private const int Runs = 500;
    private const int Events = 2000;
    private const double Alpha = 0.05;

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_canary_that_is_no_worse_is_condemned_no_more_often_than_alpha(double share)
    {
        var crossings = Enumerable.Range(0, Runs).Count(run => EventsToCrossing(share, ratio: 1, tolerated: 1, Alpha, (ulong)run) != null);
        output.WriteLine($"share {share}: {crossings} of {Runs} crossed 1/{Alpha}, {crossings / (double)Runs:0.0%}");

        // Not more than a rate of alpha gives by chance, and in line with the published 1.9 to 4.1 %.
        crossings.ShouldBeLessThanOrEqualTo(Binomial.Quantile(Runs, Alpha, 0.001));
        crossings.ShouldBeGreaterThanOrEqualTo(Runs - Binomial.Quantile(Runs, 1 - 0.019, 0.001));
        crossings.ShouldBeLessThanOrEqualTo(Binomial.Quantile(Runs, 0.041, 0.001));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    public void A_canary_at_the_tolerated_ratio_is_condemned_no_more_often_than_alpha(double share)
    {
        var crossings = Enumerable.Range(0, Runs)
            .Count(run => EventsToCrossing(share, ratio: 1.1, tolerated: 1.1, Alpha, (ulong)(run + 10_000)) != null);

        crossings.ShouldBeLessThanOrEqualTo(Binomial.Quantile(Runs, Alpha, 0.001));
    }

    [Theory]
    [InlineData(0.05, 31)]
    [InlineData(0.1, 20)]
    [InlineData(0.5, 16)]
    public void A_canary_ten_times_worse_is_always_found_within_a_few_events(double share, int medianAtMost)
    {
        var found = Enumerable.Range(0, Runs)
            .Select(run => EventsToCrossing(share, ratio: 10, tolerated: 1.1, alpha: 0.01, (ulong)(run + 20_000)))
            .ToList();

        found.ShouldAllBe(events => events != null);
        var median = found.Order().ElementAt(Runs / 2)!.Value;
        output.WriteLine($"share {share}: found after a median of {median} events");
        median.ShouldBeLessThanOrEqualTo(medianAtMost);
    }

    [Fact]
    public void A_canary_twice_as_bad_is_promoted_no_more_often_than_beta()
    {
        var promoted = Enumerable.Range(0, Runs).Count(run =>
        {
            var random = new SplitMix64((ulong)(run + 30_000));
            var inCanary = 0;
            for (var total = 1; total <= 500; total++)
            {
                inCanary += random.NextDouble() < 2.0 / 3 ? 1 : 0;
                if (EventLabelTest.LogEvidenceOfNoHarm([new(0.5, inCanary, total)], 2) >= Math.Log(1 / Alpha))
                {
                    return true;
                }
            }

            return false;
        });

        promoted.ShouldBeLessThanOrEqualTo(Binomial.Quantile(Runs, Alpha, 0.001));
    }

    private static int? EventsToCrossing(double share, double ratio, double tolerated, double alpha, ulong seed)
    {
        var random = new SplitMix64(seed);
        var theta = share * ratio / ((share * ratio) + 1 - share);
        var inCanary = 0;
        for (var total = 1; total <= Events; total++)
        {
            inCanary += random.NextDouble() < theta ? 1 : 0;
            if (EventLabelTest.LogEvidenceOfHarm([new(share, inCanary, total)], tolerated) >= Math.Log(1 / alpha))
            {
                return total;
            }
        }

        return null;
    }
}

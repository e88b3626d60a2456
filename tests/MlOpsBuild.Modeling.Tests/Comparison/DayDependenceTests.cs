using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Comparison.Tests;

/// <summary>Intervals that took days for independent covered 62 to 68 % where they depend on one another by 0.8.</summary>
public sealed class DayDependenceTests
{
    private const int Runs = 200;
    private const int Days = 60;

    [Theory]
    [InlineData(0, 0.92)]
    [InlineData(0.5, 0.9)]
    [InlineData(0.8, 0.9)]
    public void An_interval_of_95_percent_covers_at_least_90_at_60_days_however_much_they_depend_on_one_another(
        double autocorrelation, double least)
    {
        var covered = 0;
        Parallel.For(0, Runs, run =>
        {
            var interval = PairedBlockBootstrap.Value(Metrics.Bias, Series((ulong)run + 1, autocorrelation), 0.95, 1)!;
            if (interval.Lower <= 0 && interval.Upper >= 0)
            {
                Interlocked.Increment(ref covered);
            }
        });

        (covered / (double)Runs).ShouldBeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void Days_that_do_not_depend_on_one_another_are_blocks_of_their_own_and_the_choice_is_told()
    {
        Blocks(0).ShouldBeLessThan(2.5);
        Blocks(0.8).ShouldBeGreaterThan(5);
    }

    private static double Blocks(double autocorrelation) =>
        Enumerable.Range(1, 20)
            .Average(run => PairedBlockBootstrap.Value(Metrics.Bias, Series((ulong)run, autocorrelation), 0.95, 1)!.Block);

    // One row a day, whose error is what it was the day before, in part.
    private static PredictionSet Series(ulong seed, double autocorrelation)
    {
        var random = new SplitMix64(seed * 7919);
        var errors = new double[Days];
        for (var day = 0; day < Days; day++)
        {
            errors[day] = day == 0
                ? random.NextNormal()
                : (autocorrelation * errors[day - 1]) + (Math.Sqrt(1 - (autocorrelation * autocorrelation)) * random.NextNormal());
        }

        return new("series", [.. Enumerable.Range(0, Days)], new double[Days], errors, new Dictionary<string, double[]>());
    }
}

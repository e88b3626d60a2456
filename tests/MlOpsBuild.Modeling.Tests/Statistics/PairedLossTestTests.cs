using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Statistics.Tests;

/// <summary>The published simulation: normal errors, squared loss with a margin of 0.1, looks every 50 rows, α 5 %, 60 runs each.</summary>
public sealed class PairedLossTestTests
{
    private const int Runs = 60;
    private const int Look = 50;
    private const int Budget = 8000;
    private const double Margin = 0.1;
    private static readonly double Bound = Math.Log(1 / 0.05);

    // The 99.9 % quantile of a squared standard normal.
    private const double Scale = 10.8276;

    [Theory]
    [InlineData(0.9, 1, 0, 850)]
    [InlineData(0.9, 1, 0.3, 425)]
    [InlineData(0.9, 1, 0.5, 200)]
    [InlineData(0.999, 1, 0, 700)]
    public void A_candidate_that_is_no_worse_is_found_so_after_the_published_number_of_rows(
        double correlation, double candidate, double drift, int median)
    {
        var runs = Simulate(correlation, candidate, drift);

        runs.ShouldAllBe(run => run.NoHarm && !run.Harm);
        MedianRows(runs).ShouldBeInRange(0.75 * median, 1.25 * median);
    }

    [Theory]
    [InlineData(1.1, 800)]
    [InlineData(1.2, 250)]
    public void A_candidate_whose_error_is_larger_is_stopped_after_the_published_number_of_rows(double candidate, int median)
    {
        var runs = Simulate(0.9, candidate, 0);

        runs.ShouldAllBe(run => run.Harm && !run.NoHarm);
        MedianRows(runs).ShouldBeInRange(0.75 * median, 1.25 * median);
    }

    [Fact]
    public void At_the_margin_itself_nothing_can_be_told()
    {
        var undecided = Simulate(0.9, 1.0488, 0).Count(run => !run.Harm && !run.NoHarm);

        (undecided / (double)Runs).ShouldBeInRange(0.85, 1);
    }

    [Fact]
    public void Wild_differences_are_cut_and_counted()
    {
        var test = new PairedLossTest();

        test.Add(double.PositiveInfinity);
        test.Add(-7);
        test.Add(0.5);

        (test.Rows, test.Clipped, test.Worse, test.Sum).ShouldBe((3, 2, 2, 0.5));
        double.IsFinite(test.LogHarm).ShouldBeTrue();
        double.IsFinite(test.LogNoHarm).ShouldBeTrue();
    }

    [Fact]
    public void The_first_bet_is_nothing_since_nothing_has_been_seen()
    {
        var test = new PairedLossTest();

        test.Add(1);

        (test.LogHarm, test.LogNoHarm).ShouldBe((0, 0));
    }

    private static double MedianRows(List<(int Rows, bool Harm, bool NoHarm)> runs) =>
        runs.Select(run => run.Rows).Order().ElementAt(runs.Count / 2);

    private static List<(int Rows, bool Harm, bool NoHarm)> Simulate(double correlation, double candidate, double drift) =>
        [.. Enumerable.Range(0, Runs).Select(seed => RunOnce(new SplitMix64((ulong)seed + 1), correlation, candidate, drift))];

    private static (int Rows, bool Harm, bool NoHarm) RunOnce(SplitMix64 random, double correlation, double candidate, double drift)
    {
        var test = new PairedLossTest();
        while (test.Rows < Budget)
        {
            for (var row = 0; row < Look; row++)
            {
                var shared = random.NextNormal();
                var theirs = shared + drift;
                var mine = candidate * ((correlation * shared) + (Math.Sqrt(1 - (correlation * correlation)) * random.NextNormal()));
                test.Add(((mine * mine) - ((1 + Margin) * theirs * theirs)) / Scale);
            }

            if (test.LogHarm >= Bound || test.LogNoHarm >= Bound)
            {
                break;
            }
        }

        return (test.Rows, test.LogHarm >= Bound, test.LogNoHarm >= Bound);
    }
}

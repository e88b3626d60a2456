using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Comparison.Tests;

/// <summary>The interval of one predictor's metric.</summary>
public sealed class PairedBlockBootstrapValueTests
{
    private const double Widths = 2 * 1.959963984540054;

    private static readonly PredictionSet Rough = Sample.Predictions("rough", 30, 24, row => (row * 31 % 17) - 8);

    [Fact]
    public void Every_metric_lies_in_its_interval()
    {
        foreach (var metric in Metrics.For(null))
        {
            var interval = PairedBlockBootstrap.Value(metric, Rough, 0.95, 1)!;

            interval.Confidence.ShouldBe(0.95);
            interval.Lower.ShouldBeLessThan(interval.Upper);
            metric.Of(Rough).ShouldBeInRange(interval.Lower, interval.Upper, metric.Name);
        }
    }

    /// <summary>The squares of 1e300 are no numbers: it ended with a mathematician's exception.</summary>
    [Fact]
    public void Predictions_far_off_have_no_interval() =>
        PairedBlockBootstrap.Value(Metrics.Mae, Sample.Predictions("far off", 30, 24, row => row % 5 * 1e300), 0.95, 1).ShouldBeNull();

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var interval = PairedBlockBootstrap.Value(Metrics.Rmse, Rough, 0.95, 1);

        PairedBlockBootstrap.Value(Metrics.Rmse, Rough, 0.95, 1).ShouldBe(interval);
        PairedBlockBootstrap.Value(Metrics.Rmse, Rough, 0.95, 2).ShouldNotBe(interval);
    }

    [Fact]
    public void More_confidence_makes_a_wider_interval()
    {
        var narrow = PairedBlockBootstrap.Value(Metrics.Mae, Rough, 0.5, 1)!;
        var wide = PairedBlockBootstrap.Value(Metrics.Mae, Rough, 0.99, 1)!;

        wide.Lower.ShouldBeLessThan(narrow.Lower);
        wide.Upper.ShouldBeGreaterThan(narrow.Upper);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Fewer_than_ten_blocks_give_no_interval(int days, bool none) =>
        (PairedBlockBootstrap.Value(Metrics.Rmse, Sample.Predictions("few", days, 24, row => row % 3), 0.95, 1) is null).ShouldBe(none);

    [Fact]
    public void A_metric_that_is_undefined_has_no_interval()
    {
        var constant = Rough with { Labels = [.. Rough.Labels.Select(_ => 3.0)] };

        PairedBlockBootstrap.Value(Metrics.RSquared, constant, 0.95, 1).ShouldBeNull();
        PairedBlockBootstrap.Value(Metrics.Mae, constant, 0.95, 1).ShouldNotBeNull();
    }

    [Fact]
    public void Draws_on_which_a_metric_is_undefined_do_not_make_its_bounds_undefined()
    {
        // Labels vary on one day of ten, which every third draw misses.
        var set = Sample.Predictions("flat", 10, 24, row => row % 3);
        double[] labels = [.. set.Labels.Select((label, row) => row / 24 == 3 ? 9 + label : 4)];
        var flat = set with { Labels = labels, Predictions = [.. labels.Select((label, row) => label + (row % 3))] };

        var interval = PairedBlockBootstrap.Value(Metrics.RSquared, flat, 0.95, 1);

        (interval is null || (double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper))).ShouldBeTrue(interval?.ToString());
    }

    [Fact]
    public void Rows_of_one_block_stay_together_wherever_they_stand()
    {
        int[] order = [.. Enumerable.Range(0, Rough.Labels.Length).OrderBy(row => row % 24)];
        var mixed = Rough with
        {
            Block = [.. order.Select(row => Rough.Block[row])],
            Labels = [.. order.Select(row => Rough.Labels[row])],
            Predictions = [.. order.Select(row => Rough.Predictions[row])],
        };

        PairedBlockBootstrap.Value(Metrics.Mae, mixed, 0.95, 1).ShouldBe(PairedBlockBootstrap.Value(Metrics.Mae, Rough, 0.95, 1));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(400)]
    public void The_width_is_that_of_the_standard_error_over_blocks(int days)
    {
        // Rows of a day share most of their error, so that rows as units would give a third of the width.
        var random = new SplitMix64(3);
        double[] shared = [.. Enumerable.Range(0, days).Select(_ => 5 + random.NextNormal())];
        var set = Sample.Predictions("shared", days, 24, row => shared[row / 24] + (0.5 * random.NextNormal()));

        var means = Enumerable.Range(0, days).Select(day => Metrics.Mae.Of(set.Part([.. Enumerable.Range(day * 24, 24)]))).ToList();
        var error = Math.Sqrt(means.Sum(mean => Math.Pow(mean - means.Average(), 2))) / days;

        Width(PairedBlockBootstrap.Value(Metrics.Mae, set, 0.95, 1)!).ShouldBe(error, 0.05 * error);
    }

    [RealDataFact]
    public void The_published_gain_has_the_width_of_its_published_standard_error()
    {
        var half = HourData.Rows(new(2012, 7, 1), new(2013, 1, 1));
        var champion = HourData.MeansOf("champion", HourData.Rows(new(2011, 1, 1), new(2012, 1, 1)), half);
        var window = HourData.MeansOf("window", HourData.Rows(new(2012, 1, 1), new(2012, 7, 1)), half);

        // The bias of the one's absolute errors against the other's is the gain in mean absolute error.
        var gain = champion with { Predictor = "gain", Labels = Absolute(window), Predictions = Absolute(champion) };
        var interval = PairedBlockBootstrap.Value(Metrics.Bias, gain, 0.95, 1, block: 1)!;

        Metrics.Bias.Of(gain).ShouldBe(48.3137204266, 1e-9);
        Width(interval).ShouldBe(2.9354899528, 0.05 * 2.9354899528);
    }

    // In standard errors.
    private static double Width(Interval interval) => (interval.Upper - interval.Lower) / Widths;

    private static double[] Absolute(PredictionSet set) =>
        [.. set.Predictions.Zip(set.Labels, (prediction, label) => Math.Abs(prediction - label))];
}

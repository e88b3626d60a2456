using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class ClassMetricTests
{
    private static readonly ClassSet Two = new(["no", "yes"]);

    /// <summary>The published example with ties.</summary>
    [Fact]
    public void Tied_probabilities_count_half() => Metrics.AreaUnderRoc.Of(Of([1, 0, 1, 0], [0.8, 0.8, 0.6, 0.2])).ShouldBe(0.625);

    [Fact]
    public void The_calibration_error_is_as_by_hand()
    {
        // Two rows at 0.1 of which one happened, three at 0.9 of which all did.
        Metrics.CalibrationError.Of(Of([1, 0, 1, 1, 1], [0.1, 0.1, 0.9, 0.9, 0.9])).ShouldBe(((2 * 0.4) + (3 * 0.1)) / 5, 1e-15);
        Metrics.CalibrationError.Of(Of([1, 0], [1, 0])).ShouldBe(0);
    }

    [Fact]
    public void What_has_no_value_says_why()
    {
        var (one, none) = (Of([1, 1], [0.2, 0.3]), Of([], []));

        Metrics.AreaUnderRoc.ValueOf(one).Undefined.ShouldBe("the labels are of one class only");
        Metrics.BalancedAccuracy.ValueOf(one).Undefined.ShouldBe("the labels are of one class only");
        Metrics.Precision.ValueOf(one).Undefined.ShouldBe("no row is said to be of the class");
        Metrics.Mcc.ValueOf(one).Undefined.ShouldBe("the labels or the answers are of one class only");
        Metrics.Recall.ValueOf(Of([0, 0], [0.2, 0.3])).Undefined.ShouldBe("no row is of the class");
        Metrics.AveragePrecision.ValueOf(Of([0, 0], [0.2, 0.3])).Undefined.ShouldBe("no row is of the class");
        Metrics.F1.ValueOf(Of([0, 0], [0.2, 0.3])).Undefined.ShouldBe("no row is of the class, or said to be");
        Metrics.For(Two).ShouldAllBe(metric => metric.ValueOf(none).Undefined == "there are no rows");
        Metrics.Accuracy.ValueOf(one).Undefined.ShouldBeNull();
        Metrics.Mape.ValueOf(new("p", new int[1], [0], [1], new Dictionary<string, double[]>())).Undefined.ShouldBe("a label is 0");
    }

    [Fact]
    public void The_threshold_decides_what_is_answered()
    {
        var set = Of([1, 0, 1, 0], [0.6, 0.4, 0.35, 0.1]);

        Metrics.Recall.Of(set).ShouldBe(0.5);
        Metrics.Recall.Of(set with { Classes = Two with { Threshold = 0.3 } }).ShouldBe(1);
        Metrics.RecallAt(0.3).Of(set).ShouldBe(1);
        Metrics.PrecisionAt(0.3).Of(set).ShouldBe(2.0 / 3);
    }

    [Fact]
    public void Single_rows_give_an_interval_that_needs_no_square_of_their_number()
    {
        var random = new Core.SplitMix64(5);
        var labels = Enumerable.Range(0, 20_000).Select(_ => (double)random.NextInt(2)).ToArray();
        var set = Of(labels, [.. labels.Select(label => Math.Clamp((label * 0.3) + (0.7 * random.NextDouble()), 0, 1))]) with
        {
            Block = [.. Enumerable.Range(0, labels.Length)], Unit = BlockUnit.Row
        };

        foreach (var metric in (Metric[])[Metrics.Accuracy, Metrics.AreaUnderRoc])
        {
            var (value, interval) = (metric.Of(set), PairedBlockBootstrap.Value(metric, set, 0.95, 1).ShouldNotBeNull());
            value.ShouldBeInRange(interval.Lower, interval.Upper);

            // Of an accuracy a, as the binomial has it.
            if (metric == Metrics.Accuracy)
            {
                (interval.Upper - interval.Lower)
                    .ShouldBe(2 * 1.96 * Math.Sqrt(value * (1 - value) / labels.Length), 0.15 * (interval.Upper - interval.Lower));
            }
        }
    }

    private static PredictionSet Of(double[] labels, double[] predictions) =>
        new("p", new int[labels.Length], labels, predictions, new Dictionary<string, double[]>()) { Classes = Two };
}

using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Tests;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class CalibrationErrorTests
{
    /// <summary>torchmetrics' published example: two bins, 0.29.</summary>
    [Fact]
    public void Two_bins_of_equal_width_give_the_published_value() =>
        new CalibrationError("ECE", 2, ofEqualCount: false).Of(Of([0, 0, 1, 1, 1], [0.25, 0.25, 0.55, 0.75, 0.75])).ShouldBe(0.29, 1e-12);

    /// <summary>Four rows in two bins of two: |0.5 − 0.15| and |0.5 − 0.7|, each half of the rows.</summary>
    [Fact]
    public void Bins_of_equal_count_hold_as_many_rows_each() =>
        new CalibrationError("ECE", 2, ofEqualCount: true).Of(Of([0, 1, 0, 1], [0.1, 0.2, 0.6, 0.8])).ShouldBe((0.35 + 0.2) / 2, 1e-12);

    /// <summary>Where all probabilities are below a hundredth, bins of equal width see one; bins of equal count see ten.</summary>
    [Fact]
    public void Where_probabilities_crowd_equal_counts_see_what_equal_widths_do_not()
    {
        double[] probabilities = [.. Enumerable.Range(0, 1000).Select(row => row / 100_000.0)];
        double[] labels = [.. Enumerable.Range(0, 1000).Select(row => row < 5 ? 1.0 : 0)];

        Metrics.CalibrationError.Of(Of(labels, probabilities)).ShouldBeLessThan(0.0001);
        Metrics.CalibrationErrorByCount.Of(Of(labels, probabilities)).ShouldBeGreaterThan(0.009);
    }

    [Fact]
    public void Equal_probabilities_are_in_one_bin_and_the_order_of_rows_changes_nothing()
    {
        double[] probabilities = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 0.2 : row % 3 == 1 ? 0.5 : 0.9)];
        double[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 2 == 0 ? 1.0 : 0)];
        var metric = Metrics.CalibrationErrorByCount;

        var value = metric.Of(Of(labels, probabilities));

        metric.Of(Of([.. labels.Reverse()], [.. probabilities.Reverse()])).ShouldBe(value, 1e-12);
        value.ShouldBe((0.3 + 0 + 0.4) / 3, 1e-12);
    }

    [Fact]
    public void A_model_that_says_what_happens_has_almost_none_and_an_interval()
    {
        var random = new SplitMix64(3);
        double[] probabilities = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble())];
        var set = Of([.. probabilities.Select(probability => random.NextDouble() < probability ? 1.0 : 0)], probabilities);

        Metrics.CalibrationErrorByCount.Of(set).ShouldBeLessThan(0.03);
        PairedBlockBootstrap.Value(Metrics.CalibrationErrorByCount, set, 0.95, 1)!.Upper.ShouldBeInRange(0.005, 0.05);
    }

    [Fact]
    public void Without_rows_there_is_none() => double.IsNaN(Metrics.CalibrationErrorByCount.Of(Of([], []))).ShouldBeTrue();

    private static PredictionSet Of(double[] labels, double[] probabilities) => new(
        "p", [.. Enumerable.Range(0, labels.Length)], labels, probabilities, new Dictionary<string, double[]>())
    {
        Classes = new(["no", "yes"]), Unit = BlockUnit.Row,
    };
}

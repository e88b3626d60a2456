using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class MetricTests
{
    // Errors 1, -1, 2, -4 around a mean label of 2.5.
    private static readonly PredictionSet Sums = Of([1, 2, 3, 4], [2, 1, 5, 0]);

    [Fact]
    public void Metrics_are_as_by_hand()
    {
        Metrics.Rmse.Of(Sums).ShouldBe(Math.Sqrt(22.0 / 4), 1e-15);
        Metrics.Mae.Of(Sums).ShouldBe(2);
        Metrics.Bias.Of(Sums).ShouldBe(-0.5);
        Metrics.RSquared.Of(Sums).ShouldBe(1 - (22.0 / 5), 1e-14);
    }

    [Fact]
    public void Predicting_the_mean_explains_nothing_and_the_label_everything()
    {
        Metrics.RSquared.Of(Of([1, 2, 3], [2, 2, 2])).ShouldBe(0, 1e-15);
        Metrics.RSquared.Of(Of([1, 2, 3], [1, 2, 3])).ShouldBe(1);
    }

    /// <summary>
    /// A sum of squares forgets the spread of large labels: at a mean of 1e6 the second decimal was off, at 1e8 everything.
    /// </summary>
    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e8)]
    public void The_determination_is_the_same_wherever_the_labels_lie(double at)
    {
        double[] labels = [.. Enumerable.Range(0, 1000).Select(row => (double)(row % 8))];
        double[] predictions = [.. labels.Select((label, row) => label + ((row % 3) - 1))];
        var expected = Metrics.RSquared.Of(Of(labels, predictions));

        Metrics.RSquared.Of(Of([.. labels.Select(label => label + at)], [.. predictions.Select(prediction => prediction + at)]))
            .ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void Without_rows_every_metric_is_undefined() =>
        Metrics.For(null).ShouldAllBe(metric => double.IsNaN(metric.Of(Of(Array.Empty<double>(), Array.Empty<double>()))));

    [Theory]
    [InlineData(5)]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(1234.56)]
    [InlineData(1e-8)]
    public void Constant_labels_leave_the_determination_undefined(double label)
    {
        foreach (var rows in Enumerable.Range(2, 40))
        {
            var sums = Of([.. Enumerable.Repeat(label, rows)], [.. Enumerable.Repeat(label + 1, rows)]);

            Metrics.RSquared.Of(sums).ShouldBe(double.NaN, $"{rows} rows");
        }
    }

    [Fact]
    public void Only_the_determination_improves_upwards() =>
        Metrics.For(null).Where(metric => metric.Direction == Direction.HigherIsBetter).ShouldBe([Metrics.RSquared]);

    [RealDataFact]
    public void The_published_predictor_has_its_published_metrics()
    {
        var set = HourData.MeansOf(
            "2011", HourData.Rows(new(2011, 1, 1), new(2012, 1, 1)), HourData.Rows(new(2012, 1, 1), new(2013, 1, 1)));
        Metrics.Mae.Of(set).ShouldBe(108.51641971832198, 1e-9);
        Metrics.Rmse.Of(set).ShouldBe(157.05076998402322, 1e-9);
        Metrics.RSquared.Of(set).ShouldBe(0.4347930455079342, 1e-11);
        Metrics.Bias.Of(set).ShouldBe(-91.87431001368655, 1e-9);
    }

    private static PredictionSet Of(double[] labels, double[] predictions) =>
        new("p", new int[labels.Length], labels, predictions, new Dictionary<string, double[]>());
}

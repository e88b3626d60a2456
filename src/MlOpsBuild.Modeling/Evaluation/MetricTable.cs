using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>All metrics of a set of predictions.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<MetricValue> Of(PredictionSet set)
    {
        var sums = ErrorSums.Of(set);
        return [.. Metrics.All.Select(metric => new MetricValue(metric.Name, metric.Of(sums), metric.Direction, set.Labels.Length))];
    }

    /// <summary>The same, each with its interval.</summary>
    public static IReadOnlyList<MetricValue> WithIntervals(PredictionSet set, double confidence, long seed) =>
        [.. Of(set).Zip(Metrics.All, (value, metric) => value with { Interval = PairedBlockBootstrap.Value(metric, set, confidence, seed) })];
}

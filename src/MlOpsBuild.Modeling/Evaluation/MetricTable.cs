using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>All metrics of a set of predictions: the usual ones of its kind, and those that gates name.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<MetricValue> Of(PredictionSet set, IEnumerable<Metric>? named = null) =>
        [.. Shown(set, named).Select(metric => metric.ValueOf(set))];

    /// <summary>The same, each with its interval.</summary>
    public static IReadOnlyList<MetricValue> WithIntervals(PredictionSet set, IEnumerable<Metric> named, double confidence, long seed) =>
        [.. Shown(set, named)
            .Select(metric => metric.ValueOf(set) with { Interval = PairedBlockBootstrap.Value(metric, set, confidence, seed) })];

    private static IEnumerable<Metric> Shown(PredictionSet set, IEnumerable<Metric>? named) =>
        Metrics.ShownOf(set).Concat(named ?? [])
            .Where(metric => metric.Suits(set.Classes) && metric.OfAnswers == (set.Figures != null))
            .DistinctBy(metric => metric.Name);
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Evaluation;

/// <summary>All metrics of a set of predictions.</summary>
internal static class MetricTable
{
    public static IReadOnlyList<MetricValue> Of(PredictionSet set)
    {
        var sums = ErrorSums.Of(set);
        return [.. Metrics.All.Select(metric => new MetricValue(metric.Name, metric.Of(sums), metric.Direction, set.Labels.Length))];
    }
}

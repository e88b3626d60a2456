using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>How a training window did.</summary>
/// <param name="Window">The window, for example <c>last:365</c>.</param>
/// <param name="TrainedOn">Rows trained on, cut by cut.</param>
/// <param name="ByCut">The first gate's metric, cut by cut.</param>
/// <param name="Metrics">Metrics of all predictions together, each with its interval.</param>
/// <param name="Difference">The first gate's metric minus that of the first window, by resampling; null for the first window, or
/// where it cannot be told.</param>
public sealed record BacktestWindow(
    string Window, IReadOnlyList<int> TrainedOn, IReadOnlyList<MetricValue> ByCut, IReadOnlyList<MetricValue> Metrics, Interval? Difference)
{
    /// <summary>The first gate's metric of all predictions together.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public MetricValue Overall => Metrics.First(metric => metric.Name == ByCut[0].Name);
}

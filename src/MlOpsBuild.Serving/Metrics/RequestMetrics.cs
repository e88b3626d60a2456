using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MlOpsBuild.Serving.Metrics;

/// <summary>Request counts and durations in the Prometheus text format 0.0.4.</summary>
internal sealed class RequestMetrics(string pipeline)
{
    // Seconds; ratio 1.5 from 0.5 ms to about 4 s.
    private static readonly double[] Bounds = [.. Enumerable.Range(0, 23).Select(step => Math.Round(0.0005 * Math.Pow(1.5, step), 6))];

    // 0, then 1, 2, 5, 10, … from a hundredth to ten million: probabilities, counts and sums of money alike.
    private static readonly double[] Values =
    [
        0, .. Enumerable.Range(-2, 10).SelectMany(power => new[] { 1.0, 2, 5 }.Select(step => Math.Round(step * Math.Pow(10, power), 2))),
    ];

    private readonly ConcurrentDictionary<(int Version, string Arm, int Code), long> _requests = new();
    private readonly ConcurrentDictionary<(int Version, string Arm), Histogram> _durations = new();
    private readonly ConcurrentDictionary<int, Histogram> _predictions = new();

    public void Count(int version, string arm, int code, TimeSpan took)
    {
        _requests.AddOrUpdate((version, arm, code), 1, (_, count) => count + 1);
        _durations.GetOrAdd((version, arm), _ => new(Bounds)).Add(took.TotalSeconds);
    }

    /// <summary>Counts a prediction by its value: a number, or the probability of the class that is predicted.</summary>
    public void Predicted(int version, double value) => _predictions.GetOrAdd(version, _ => new(Values)).Add(value);

    public string Write(IEnumerable<(string Name, string Help, string Labels, double Value)> gauges)
    {
        var text = new StringBuilder();
        text.Append("# HELP mlops_requests_total Prediction requests by outcome.\n# TYPE mlops_requests_total counter\n");
        foreach (var ((version, arm, code), count) in _requests.OrderBy(pair => pair.Key))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"mlops_requests_total{{pipeline=\"{pipeline}\",version=\"{version}\",arm=\"{arm}\",code=\"{code}\"}} {count}\n");
        }

        text.Append("# HELP mlops_request_duration_seconds Time to answer.\n# TYPE mlops_request_duration_seconds histogram\n");
        foreach (var ((version, arm), histogram) in _durations.OrderBy(pair => pair.Key))
        {
            histogram.Write(
                text, "mlops_request_duration_seconds",
                $"pipeline=\"{pipeline}\",version=\"{version.ToString(CultureInfo.InvariantCulture)}\",arm=\"{arm}\"");
        }

        if (!_predictions.IsEmpty)
        {
            text.Append("# HELP mlops_predictions Predictions by their value.\n# TYPE mlops_predictions histogram\n");
            foreach (var (version, histogram) in _predictions.OrderBy(pair => pair.Key))
            {
                histogram.Write(
                    text, "mlops_predictions", $"pipeline=\"{pipeline}\",version=\"{version.ToString(CultureInfo.InvariantCulture)}\"");
            }
        }

        foreach (var (name, help, labels, value) in gauges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"# HELP {name} {help}\n# TYPE {name} gauge\n{name}{{pipeline=\"{pipeline}\"{labels}}} {value}\n");
        }

        return text.ToString();
    }
}

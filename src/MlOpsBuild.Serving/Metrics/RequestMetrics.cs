using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace MlOpsBuild.Serving.Metrics;

/// <summary>
/// Request counts, durations and predictions: in the Prometheus text format 0.0.4, and as instruments for whoever listens to them.
/// </summary>
internal sealed class RequestMetrics : IDisposable
{
    /// <summary>The name of the meter whose instruments they are.</summary>
    public const string MeterName = "MlOpsBuild.Serving";

    // Seconds; ratio 1.5 from 0.5 ms to about 4 s.
    private static readonly double[] Bounds = [.. Enumerable.Range(0, 23).Select(step => Math.Round(0.0005 * Math.Pow(1.5, step), 6))];

    // 0, then 1, 2, 5, 10, … from a hundredth to ten million: probabilities, counts and sums of money alike.
    private static readonly double[] Values =
    [
        0, .. Enumerable.Range(-2, 10).SelectMany(power => new[] { 1.0, 2, 5 }.Select(step => Math.Round(step * Math.Pow(10, power), 2))),
    ];

    private readonly string _pipeline;
    private readonly IReadOnlyList<ServerGauge> _gauges;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _counted;
    private readonly Histogram<double> _took;
    private readonly Histogram<double> _predicted;
    private readonly ConcurrentDictionary<(int Version, string Arm, int Code), long> _requests = new();
    private readonly ConcurrentDictionary<(int Version, string Arm), Histogram> _durations = new();
    private readonly ConcurrentDictionary<int, Histogram> _predictions = new();
    private readonly ConcurrentDictionary<(string View, string Outcome), long> _lookups = new();
    private readonly Counter<long> _looked;

    /// <summary>Nothing is counted yet.</summary>
    public RequestMetrics(string pipeline, params ServerGauge[] gauges)
    {
        (_pipeline, _gauges) = (pipeline, gauges);
        _counted = _meter.CreateCounter<long>("mlops.requests", description: "Prediction requests by outcome.");
        _looked = _meter.CreateCounter<long>("mlops.lookups", description: "Rows looked up in feature views by outcome.");
        _took = _meter.CreateHistogram<double>(
            "mlops.request.duration", "s", "Time to answer.", advice: new() { HistogramBucketBoundaries = Bounds });
        _predicted = _meter.CreateHistogram<double>(
            "mlops.predictions", description: "Predictions by their value.", advice: new() { HistogramBucketBoundaries = Values });
        foreach (var gauge in gauges)
        {
            _meter.CreateObservableGauge(
                gauge.Name, () => new Measurement<double>(gauge.Value(), new KeyValuePair<string, object?>("pipeline", pipeline)),
                description: gauge.Help);
        }
    }

    public void Count(int version, string arm, int code, TimeSpan took)
    {
        _requests.AddOrUpdate((version, arm, code), 1, (_, count) => count + 1);
        _durations.GetOrAdd((version, arm), _ => new(Bounds)).Add(took.TotalSeconds);
        if (_counted.Enabled)
        {
            var tags = new TagList { { "pipeline", _pipeline }, { "version", version }, { "arm", arm } };
            _took.Record(took.TotalSeconds, tags);
            tags.Add("code", code);
            _counted.Add(1, tags);
        }
    }

    /// <summary>Counts a prediction by its value: a number, or the probability of the class that is predicted.</summary>
    public void Predicted(int version, double value)
    {
        _predictions.GetOrAdd(version, _ => new(Values)).Add(value);
        if (_predicted.Enabled)
        {
            _predicted.Record(value, new TagList { { "pipeline", _pipeline }, { "version", version } });
        }
    }

    /// <summary>Counts rows that were looked up in a feature view, by what became of it.</summary>
    public void LookedUp(string view, string outcome, long rows)
    {
        _lookups.AddOrUpdate((view, outcome), rows, (_, count) => count + rows);
        if (_looked.Enabled)
        {
            _looked.Add(rows, new TagList { { "pipeline", _pipeline }, { "view", view }, { "outcome", outcome } });
        }
    }

    public void Dispose() => _meter.Dispose();

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# HELP mlops_requests_total Prediction requests by outcome.\n# TYPE mlops_requests_total counter\n");
        foreach (var ((version, arm, code), count) in _requests.OrderBy(pair => pair.Key))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"mlops_requests_total{{pipeline=\"{_pipeline}\",version=\"{version}\",arm=\"{arm}\",code=\"{code}\"}} {count}\n");
        }

        text.Append("# HELP mlops_request_duration_seconds Time to answer.\n# TYPE mlops_request_duration_seconds histogram\n");
        foreach (var ((version, arm), histogram) in _durations.OrderBy(pair => pair.Key))
        {
            histogram.Write(
                text, "mlops_request_duration_seconds",
                $"pipeline=\"{_pipeline}\",version=\"{version.ToString(CultureInfo.InvariantCulture)}\",arm=\"{arm}\"");
        }

        if (!_predictions.IsEmpty)
        {
            text.Append("# HELP mlops_predictions Predictions by their value.\n# TYPE mlops_predictions histogram\n");
            foreach (var (version, histogram) in _predictions.OrderBy(pair => pair.Key))
            {
                histogram.Write(
                    text, "mlops_predictions", $"pipeline=\"{_pipeline}\",version=\"{version.ToString(CultureInfo.InvariantCulture)}\"");
            }
        }

        if (!_lookups.IsEmpty)
        {
            text.Append("# HELP mlops_lookups_total Rows looked up in feature views by outcome.\n# TYPE mlops_lookups_total counter\n");
            foreach (var ((view, outcome), count) in _lookups.OrderBy(pair => pair.Key))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"mlops_lookups_total{{pipeline=\"{_pipeline}\",view=\"{view}\",outcome=\"{outcome}\"}} {count}\n");
            }
        }

        foreach (var gauge in _gauges)
        {
            var name = gauge.Name.Replace('.', '_');
            text.Append(
                CultureInfo.InvariantCulture,
                $"# HELP {name} {gauge.Help}\n# TYPE {name} gauge\n{name}{{pipeline=\"{_pipeline}\"}} {gauge.Value()}\n");
        }

        return text.ToString();
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MlOpsBuild.Serving.Metrics;

/// <summary>Request counts and durations in the Prometheus text format 0.0.4.</summary>
internal sealed class RequestMetrics(string pipeline)
{
    // Seconds; ratio 1.5 from 0.5 ms to about 4 s.
    private static readonly double[] Bounds = [.. Enumerable.Range(0, 23).Select(step => Math.Round(0.0005 * Math.Pow(1.5, step), 6))];
    private readonly ConcurrentDictionary<(int Version, string Arm, int Code), long> _requests = new();
    private readonly ConcurrentDictionary<(int Version, string Arm), Histogram> _durations = new();

    public void Count(int version, string arm, int code, TimeSpan took)
    {
        _requests.AddOrUpdate((version, arm, code), 1, (_, count) => count + 1);
        _durations.GetOrAdd((version, arm), _ => new()).Add(took.TotalSeconds);
    }

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

        foreach (var (name, help, labels, value) in gauges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"# HELP {name} {help}\n# TYPE {name} gauge\n{name}{{pipeline=\"{pipeline}\"{labels}}} {value}\n");
        }

        return text.ToString();
    }

    private sealed class Histogram
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[Bounds.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            var bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (_gate)
            {
                _buckets[bucket < 0 ? Bounds.Length : bucket]++;
                _sum += seconds;
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (_gate)
            {
                var cumulative = 0L;
                for (var i = 0; i < _buckets.Length; i++)
                {
                    cumulative += _buckets[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}} {cumulative}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels}}} {_sum}\n{name}_count{{{labels}}} {cumulative}\n");
            }
        }
    }
}

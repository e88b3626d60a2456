using System.Globalization;
using System.Text;

namespace MlOpsBuild.Serving.Metrics;

/// <summary>Counts values by upper bounds, as Prometheus has it.</summary>
/// <param name="bounds">The bounds, ascending; what is above all of them is counted, too.</param>
internal sealed class Histogram(double[] bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length + 1];
    private double _sum;

    public void Add(double value)
    {
        var bucket = Array.FindIndex(bounds, bound => value <= bound);
        lock (_gate)
        {
            _buckets[bucket < 0 ? bounds.Length : bucket]++;
            _sum += value;
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
                var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bound}\"}} {cumulative}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{labels}}} {_sum}\n{name}_count{{{labels}}} {cumulative}\n");
        }
    }
}

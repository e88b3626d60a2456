namespace MlOpsBuild.Data.Sketches;

/// <summary>Values in order, each with how many it stands for.</summary>
internal sealed class RankedValues
{
    private readonly double[] _values;
    private readonly long[] _weights;
    private readonly long[] _until;

    /// <summary>Ranks values; both lists are taken over.</summary>
    /// <param name="values">The values.</param>
    /// <param name="weights">How many each stands for.</param>
    public RankedValues(double[] values, long[] weights)
    {
        Array.Sort(values, weights);
        (_values, _weights, _until) = (values, weights, new long[weights.Length]);
        var sum = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            _until[i] = sum += weights[i];
        }
    }

    /// <summary>The values, ascending.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>How many each of them stands for.</summary>
    public ReadOnlySpan<long> Weights => _weights;

    /// <summary>Values in all.</summary>
    public long Total => _until.Length == 0 ? 0 : _until[^1];

    /// <summary>
    /// The quantile of type 7 (Hyndman and Fan 1996) at <paramref name="level"/> in [0, 1]; at least one value is needed.
    /// </summary>
    public double Quantile(double level)
    {
        var position = level * (Total - 1);
        var below = (long)position;
        var low = At(below);
        return below + 1 < Total ? low + ((position - below) * (At(below + 1) - low)) : low;
    }

    /// <summary>How many are smaller than <paramref name="bound"/>.</summary>
    public long Below(double bound)
    {
        var (from, to) = (0, _values.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _values[middle] < bound ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? 0 : _until[from - 1];
    }

    private double At(long rank)
    {
        var index = Array.BinarySearch(_until, rank + 1);
        return _values[index < 0 ? ~index : index];
    }
}

using System.Runtime.CompilerServices;
namespace MlOpsBuild.Data.Sketches;

/// <summary>
/// Sorts many numbers by where they lie between the smallest and the largest one: into as many parts as there are numbers, of which most
/// hold a few then (Neubert 1998, "The Flashsort1 algorithm"). Parts that hold many are sorted by comparison.
/// </summary>
internal sealed class DoubleSort
{
    private const int Fewest = 64;
    private const int Few = 24;
    private int[] _ends = [];
    private double[] _parts = [];

    /// <summary>Sorts ascending; none may be NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(Span<double> values)
    {
        if (IsSorted(values))
        {
            return;
        }

        var (low, high) = Ends(values);
        var scale = (values.Length - 1) / (high - low);
        if (values.Length < Fewest || !double.IsFinite(scale) || scale == 0)
        {
            values.Sort();
            return;
        }

        Spread(values, low, scale);
        _parts.AsSpan(0, values.Length).CopyTo(values);
        var start = 0;
        foreach (var end in _ends.AsSpan(0, values.Length))
        {
            if (end - start > Few && !IsSorted(values[start..end]))
            {
                values[start..end].Sort();
            }

            start = end;
        }

        Insert(values);
    }

    // Numbers of rows and times mostly are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsSorted(ReadOnlySpan<double> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Low, double High) Ends(ReadOnlySpan<double> values)
    {
        var (low, high) = (values[0], values[0]);
        foreach (var value in values)
        {
            low = value < low ? value : low;
            high = value > high ? value : high;
        }

        return (low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<double> values, double low, double scale)
    {
        if (_parts.Length < values.Length)
        {
            (_parts, _ends) = (new double[values.Length], new int[values.Length + 1]);
        }

        var ends = _ends.AsSpan(0, values.Length + 1);
        ends.Clear();
        foreach (var value in values)
        {
            ends[(int)((value - low) * scale) + 1]++;
        }

        for (var part = 1; part < ends.Length; part++)
        {
            ends[part] += ends[part - 1];
        }

        // Where a part begins becomes where it ends.
        foreach (var value in values)
        {
            _parts[ends[(int)((value - low) * scale)]++] = value;
        }
    }

    // Nothing is far from its place any more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Insert(Span<double> values)
    {
        for (var i = 1; i < values.Length; i++)
        {
            var (value, at) = (values[i], i);
            for (; at > 0 && values[at - 1] > value; at--)
            {
                values[at] = values[at - 1];
            }

            values[at] = value;
        }
    }
}

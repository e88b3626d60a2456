using System.Runtime.InteropServices;

namespace MlOpsBuild.Data.Sketches;

/// <summary>Sorts many numbers by their bits, eight of them at a time from the lowest on, which is quicker than to compare them.</summary>
internal sealed class DoubleSort
{
    private const int Fewest = 512;
    private const int Digits = 8;
    private const int BitsPerDigit = 8;
    private const int Values = 1 << BitsPerDigit;
    private readonly int[] _places = new int[Digits * Values];
    private ulong[] _keys = [];

    /// <summary>Sorts ascending; none may be NaN.</summary>
    public void Sort(Span<double> values)
    {
        if (IsSorted(values))
        {
            return;
        }

        if (values.Length < Fewest)
        {
            values.Sort();
            return;
        }

        _keys = _keys.Length < values.Length ? new ulong[values.Length] : _keys;
        var bits = MemoryMarshal.Cast<double, ulong>(values);
        Array.Clear(_places);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = ToKey(bits[i]);
            for (var digit = 0; digit < Digits; digit++)
            {
                _places[(digit * Values) + Digit(bits[i], digit)]++;
            }
        }

        for (var digit = 0; digit < Digits; digit += 2)
        {
            Move(bits, _keys, digit);
            Move(_keys.AsSpan(0, bits.Length), bits, digit + 1);
        }

        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = FromKey(bits[i]);
        }
    }

    // Numbers of rows and times mostly are.
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

    private static int Digit(ulong key, int digit) => (int)(key >> (digit * BitsPerDigit)) & (Values - 1);

    // As whole numbers, negative ones are in the wrong order and behind positive ones.
    private static ulong ToKey(ulong bits) => bits ^ ((ulong)((long)bits >> 63) | (1UL << 63));

    private static ulong FromKey(ulong key) => key ^ ((ulong)((long)~key >> 63) | (1UL << 63));

    private void Move(ReadOnlySpan<ulong> from, Span<ulong> to, int digit)
    {
        var places = _places.AsSpan(digit * Values, Values);
        var before = 0;
        for (var value = 0; value < Values; value++)
        {
            (places[value], before) = (before, before + places[value]);
        }

        foreach (var key in from)
        {
            to[places[Digit(key, digit)]++] = key;
        }
    }
}

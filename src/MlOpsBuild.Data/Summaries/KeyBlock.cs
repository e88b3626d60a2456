using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Sketches;

namespace MlOpsBuild.Data.Summaries;

/// <summary>
/// What some cells that follow one another are known by, side by side: few enough to stay in the nearest cache, so that whoever looks
/// at them next never waits for a text.
/// </summary>
internal sealed class KeyBlock
{
    /// <summary>Most cells of one.</summary>
    public const int Most = 256;

    // One after the other in one array, which takes fewer registers than four.
    private readonly ulong[] _keys = new ulong[4 * Most];

    /// <summary>The first halves of their keys.</summary>
    public ReadOnlySpan<ulong> Lows => _keys.AsSpan(0, Most);

    /// <summary>The other halves.</summary>
    public ReadOnlySpan<ulong> Highs => _keys.AsSpan(Most, Most);

    /// <summary>Bytes of their texts.</summary>
    public ReadOnlySpan<ulong> Lengths => _keys.AsSpan(2 * Most, Most);

    /// <summary>The keys' hashes.</summary>
    public ReadOnlySpan<ulong> Hashes => _keys.AsSpan(3 * Most, Most);

    // From sixteen less its length on, as many ones as a text has bytes.
    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>The key of one.</summary>
    public TextKey this[int index] => new(Lows[index], Highs[index], (int)Lengths[index]);

    /// <summary>Takes cells from one on.</summary>
    /// <returns>How many.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(ColumnCells cells, int from)
    {
        var places = cells.Places.Slice(from, Math.Min(Most, cells.Count - from));
        ref var text = ref MemoryMarshal.GetReference(cells.Text);
        ref var masks = ref MemoryMarshal.GetReference(Masks);
        ref var keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        for (var i = 0; i < places.Length; i++)
        {
            var (start, length) = places[i];
            if (length > ShortText.Most || !BitConverter.IsLittleEndian)
            {
                Set(i, TextKey.Of(cells.Text.Slice(start, length)));
                continue;
            }

            // Behind each text there are sixteen bytes more.
            var bytes = (Vector128.LoadUnsafe(ref text, (nuint)start) & Vector128.LoadUnsafe(ref masks, (nuint)(ShortText.Most - length)))
                .AsUInt64();
            var (low, high) = (bytes.ToScalar(), bytes.GetElement(1));
            Unsafe.Add(ref keys, i) = low;
            Unsafe.Add(ref keys, i + Most) = high;
            Unsafe.Add(ref keys, i + (2 * Most)) = (uint)length;
            Unsafe.Add(ref keys, i + (3 * Most)) = TextKey.HashOf(low, high, (uint)length);
        }

        return places.Length;
    }

    private void Set(int index, TextKey key) =>
        (_keys[index], _keys[index + Most], _keys[index + (2 * Most)], _keys[index + (3 * Most)]) =
        (key.Low, key.High, (uint)key.Length, key.Hash);
}

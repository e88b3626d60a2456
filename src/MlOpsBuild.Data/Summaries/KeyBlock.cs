using System.Runtime.CompilerServices;
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

    /// <summary>The first halves of their keys.</summary>
    public ulong[] Lows { get; } = new ulong[Most];

    /// <summary>The other halves.</summary>
    public ulong[] Highs { get; } = new ulong[Most];

    /// <summary>Bytes of their texts.</summary>
    public ulong[] Lengths { get; } = new ulong[Most];

    /// <summary>The keys' hashes.</summary>
    public ulong[] Hashes { get; } = new ulong[Most];

    /// <summary>Takes cells from one on.</summary>
    /// <returns>How many.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(ColumnCells cells, int from)
    {
        var count = Math.Min(Most, cells.Count - from);
        var lows = Lows.AsSpan(0, count);
        var highs = Highs.AsSpan(0, count);
        var lengths = Lengths.AsSpan(0, count);
        var hashes = Hashes.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            var text = cells.Beginning(from + i);
            if (text.Length > ShortText.Most)
            {
                TakeLong(cells, from, i);
                continue;
            }

            lows[i] = text.Low;
            highs[i] = text.High;
            lengths[i] = (uint)text.Length;
            hashes[i] = TextKey.HashOf(text.Low, text.High, (uint)text.Length);
        }

        return count;
    }

    /// <summary>The key of one.</summary>
    public TextKey this[int index] => new(Lows[index], Highs[index], (int)Lengths[index]);

    private void TakeLong(ColumnCells cells, int from, int index)
    {
        var key = TextKey.OfLong(cells[from + index].Text);
        (Lows[index], Highs[index], Lengths[index], Hashes[index]) = (key.Low, key.High, (uint)key.Length, key.Hash);
    }
}

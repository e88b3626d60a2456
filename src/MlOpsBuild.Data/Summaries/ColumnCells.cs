using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Summaries;

/// <summary>The cells of a column in some rows.</summary>
/// <param name="text">What they lie in; behind each of them there are sixteen bytes more.</param>
/// <param name="cells">Where each begins, and its bytes.</param>
internal readonly ref struct ColumnCells(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> cells)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<(int Start, int Length)> _cells = cells;

    // Of a text of so many bytes, those that are not its own are cleared in the first eight, and in the eight behind them.
    private static ReadOnlySpan<ulong> LowMasks =>
    [
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, ulong.MaxValue,
        ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue,
    ];

    private static ReadOnlySpan<ulong> HighMasks =>
    [
        0, 0, 0, 0, 0, 0, 0, 0,
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, ulong.MaxValue,
    ];

    /// <summary>How many there are.</summary>
    public int Count => _cells.Length;

    /// <summary>A cell.</summary>
    public Cell this[int row] => new(_text[_cells[row].Start..], Beginning(row));

    /// <summary>A cell's beginning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShortText Beginning(int row)
    {
        var (start, length) = _cells[row];
        var held = Math.Min(length, ShortText.Most);
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), start);
        var (low, high) = (Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, sizeof(ulong))));
        return BitConverter.IsLittleEndian
            ? new(low & LowMasks[held], high & HighMasks[held], length)
            : ShortText.Of(_text.Slice(start, length));
    }
}

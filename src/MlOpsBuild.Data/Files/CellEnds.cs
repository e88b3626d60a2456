using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOpsBuild.Data.Files;

/// <summary>
/// Where the cells of lines end, found for 64 bytes at a time (Langdale and Lemire 2019, "Parsing gigabytes of JSON per second", §3.1).
/// It stops before the first line with a quote or with a carriage return that ends no line.
/// </summary>
/// <param name="separator">What stands between cells.</param>
/// <param name="trims">Whether spaces around cells matter.</param>
internal sealed class CellEnds(byte separator, bool trims)
{
    private const int Step = 64;
    private const int AtOnce = 12;
    private int[] _ends = new int[1 << 14];
    private int[] _lines = new int[1 << 10];

    /// <summary>Whole lines.</summary>
    public int Lines { get; private set; }

    /// <summary>Bytes of them.</summary>
    public int Bytes { get; private set; }

    /// <summary>Whether a space or a tab stands before or behind some cell.</summary>
    public bool IsPadded { get; private set; }

    /// <summary>Where cells end: at separators and line feeds, one line after the other.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>How many cells end before a line.</summary>
    public int Before(int line) => line == 0 ? 0 : _lines[line - 1];

    /// <summary>How many cells have ended behind a line.</summary>
    public int Behind(int line) => _lines[line];

    /// <summary>Looks through lines.</summary>
    /// <param name="text">The lines, the last one with its end, and at least 63 more bytes.</param>
    /// <param name="length">Bytes of the lines.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scan(ReadOnlySpan<byte> text, int length)
    {
        (Lines, Bytes, IsPadded) = (0, 0, false);
        var (separators, feeds, returns, quotes) = (Vector512.Create(separator), Vector512.Create((byte)'\n'),
            Vector512.Create((byte)'\r'), Vector512.Create((byte)'"'));
        var spaces = Vector512.Create((byte)' ');
        var (cells, lines, afterReturn, padded) = (0, 0, 0UL, 0UL);

        // A line begins as behind a separator.
        var (afterEnd, afterSpace) = (1UL, 0UL);
        for (var at = 0; at < length; at += Step)
        {
            var some = Vector512.Create(text.Slice(at, Step));
            var feed = Vector512.Equals(some, feeds).ExtractMostSignificantBits();
            var ends = feed | Vector512.Equals(some, separators).ExtractMostSignificantBits();
            var (cr, odd) = (0UL, 0UL);
            if (afterReturn != 0 || (Vector512.Equals(some, returns) | Vector512.Equals(some, quotes)) != Vector512<byte>.Zero)
            {
                cr = Vector512.Equals(some, returns).ExtractMostSignificantBits();
                odd = Vector512.Equals(some, quotes).ExtractMostSignificantBits() | (((cr << 1) | afterReturn) & ~feed);
                afterReturn = cr >> 63;
            }

            if (odd != 0 || length - at < Step)
            {
                var known = length - at < Step ? (1UL << (length - at)) - 1 : ulong.MaxValue;
                odd &= known;
                known = odd == 0 ? known : known & ((odd & (~odd + 1)) - 1);
                (feed, ends) = (feed & known, ends & known);
            }

            if (trims)
            {
                // Other signs below a space are seldom, and looked at more closely for nothing.
                var space = Vector512.LessThanOrEqual(some, spaces).ExtractMostSignificantBits() & ~(ends | cr);
                var edges = ends | cr;
                padded |= (space & ((ends << 1) | afterEnd)) | (((space << 1) | afterSpace) & edges);
                (afterEnd, afterSpace) = (ends >> 63, space >> 63);
            }

            if (cells + Step + AtOnce > _ends.Length || lines + Step > _lines.Length)
            {
                Grow(cells, lines);
            }

            // Of each line feed, how many cells end up to it; that of the first one is written without a look whether there is one.
            ref var line = ref MemoryMarshal.GetArrayDataReference(_lines);
            Unsafe.Add(ref line, lines) = cells + BitOperations.PopCount(ends & (feed ^ (feed - 1)));
            lines += feed == 0 ? 0 : 1;
            for (feed &= feed - 1; feed != 0; feed &= feed - 1)
            {
                Unsafe.Add(ref line, lines++) = cells + BitOperations.PopCount(ends & (feed ^ (feed - 1)));
            }

            // Twelve are written without a look at how many there are: what is too much is written over.
            ref var end = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_ends), cells);
            cells += BitOperations.PopCount(ends);
            ends = WriteFour(WriteFour(WriteFour(ends, at, ref end), at, ref Unsafe.Add(ref end, 4)), at, ref Unsafe.Add(ref end, 8));
            for (end = ref Unsafe.Add(ref end, AtOnce); ends != 0; end = ref Unsafe.Add(ref end, 4))
            {
                ends = WriteFour(ends, at, ref end);
            }

            if (odd != 0)
            {
                break;
            }
        }

        (Lines, IsPadded) = (lines, padded != 0);
        Bytes = lines == 0 ? 0 : _ends[_lines[lines - 1] - 1] + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WriteFour(ulong ends, int at, ref int place)
    {
        place = at + BitOperations.TrailingZeroCount(ends);
        ends &= ends - 1;
        Unsafe.Add(ref place, 1) = at + BitOperations.TrailingZeroCount(ends);
        ends &= ends - 1;
        Unsafe.Add(ref place, 2) = at + BitOperations.TrailingZeroCount(ends);
        ends &= ends - 1;
        Unsafe.Add(ref place, 3) = at + BitOperations.TrailingZeroCount(ends);
        return ends & (ends - 1);
    }

    private void Grow(int cells, int lines)
    {
        if (cells + Step + AtOnce > _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _ends.Length);
        }

        if (lines + Step > _lines.Length)
        {
            Array.Resize(ref _lines, 2 * _lines.Length);
        }
    }
}

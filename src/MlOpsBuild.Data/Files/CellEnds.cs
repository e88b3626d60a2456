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
        var (spaces, tabs) = (Vector512.Create((byte)' '), Vector512.Create((byte)'\t'));
        var (cells, lines, afterReturn, padded) = (0, 0, 0UL, 0UL);

        // A line begins as behind a separator.
        var (afterEnd, afterSpace) = (1UL, 0UL);
        for (var at = 0; at < length; at += Step)
        {
            var some = Vector512.Create(text.Slice(at, Step));
            var feed = Vector512.Equals(some, feeds).ExtractMostSignificantBits();
            var ends = feed | Vector512.Equals(some, separators).ExtractMostSignificantBits();
            var cr = Vector512.Equals(some, returns).ExtractMostSignificantBits();
            var odd = Vector512.Equals(some, quotes).ExtractMostSignificantBits();
            var behindReturn = (cr << 1) | afterReturn;
            odd |= behindReturn & ~feed;
            afterReturn = cr >> 63;
            if (odd != 0 || length - at < Step)
            {
                var known = length - at < Step ? (1UL << (length - at)) - 1 : ulong.MaxValue;
                odd &= known;
                known = odd == 0 ? known : known & ((odd & (~odd + 1)) - 1);
                (feed, ends) = (feed & known, ends & known);
            }

            if (trims)
            {
                var space = (Vector512.Equals(some, spaces) | Vector512.Equals(some, tabs)).ExtractMostSignificantBits() & ~ends;
                var edges = ends | cr;
                padded |= (space & ((ends << 1) | afterEnd)) | (((space << 1) | afterSpace) & edges);
                (afterEnd, afterSpace) = (ends >> 63, space >> 63);
            }

            if (cells + Step > _ends.Length || lines + Step > _lines.Length)
            {
                Grow(cells, lines);
            }

            // Of each line feed, how many cells end up to it.
            ref var line = ref MemoryMarshal.GetArrayDataReference(_lines);
            for (; feed != 0; feed &= feed - 1)
            {
                Unsafe.Add(ref line, lines++) = cells + BitOperations.PopCount(ends & (feed ^ (feed - 1)));
            }

            ref var end = ref MemoryMarshal.GetArrayDataReference(_ends);
            for (; ends != 0; ends &= ends - 1)
            {
                Unsafe.Add(ref end, cells++) = at + BitOperations.TrailingZeroCount(ends);
            }

            if (odd != 0)
            {
                break;
            }
        }

        (Lines, IsPadded) = (lines, padded != 0);
        Bytes = lines == 0 ? 0 : _ends[_lines[lines - 1] - 1] + 1;
    }

    private void Grow(int cells, int lines)
    {
        if (cells + Step > _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _ends.Length);
        }

        if (lines + Step > _lines.Length)
        {
            Array.Resize(ref _lines, 2 * _lines.Length);
        }
    }
}

using System.Buffers.Binary;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Summaries;

/// <summary>The cells of some rows, copied so that the file can be read on while they are looked at.</summary>
internal sealed class RowBatch(int columns)
{
    private const int MostRows = 8192;
    private const int UsualBytes = 1 << 20;

    // Not a power of two: the cells of a row must not all claim the same lines of a cache.
    private const int Stride = MostRows + 8;
    private static readonly ulong[] LowMasks = Masks(0);
    private static readonly ulong[] HighMasks = Masks(ShortText.Most / 2);
    private readonly (int Start, int Length)[] _cells = new (int, int)[columns * Stride];
    private readonly long[] _numbers = new long[MostRows];
    private byte[] _bytes = new byte[UsualBytes + (UsualBytes / 4)];
    private int _used;

    /// <summary>Rows in it.</summary>
    public int Rows { get; private set; }

    /// <summary>The file they are of, and what its rows are counted in.</summary>
    public (string File, string Unit) Source { get; private set; }

    /// <summary>Whether it holds as much as it should.</summary>
    public bool IsFull => Rows == MostRows || _used >= UsualBytes;

    /// <summary>Makes room for rows of a file.</summary>
    public void Begin(string file, string unit)
    {
        (Rows, _used, Source) = (0, 0, (file, unit));
        if (_bytes.Length > 4 * UsualBytes)
        {
            _bytes = new byte[UsualBytes + (UsualBytes / 4)];
        }
    }

    /// <summary>Copies a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="positions">Where its columns lie.</param>
    public void Add(IRowCursor row, int[] positions)
    {
        var raw = row.Raw;
        var start = Copy(raw);
        var at = Rows;
        foreach (var position in positions)
        {
            var cell = row.Cell(position);
            _cells[at] = (raw.Overlaps(cell, out var inside) ? start + inside : Copy(cell), cell.Length);
            at += Stride;
        }

        _numbers[Rows++] = row.Number;
    }

    /// <summary>A cell.</summary>
    public Cell Cell(int column, int row)
    {
        var (start, length) = _cells[(column * Stride) + row];
        var held = Math.Min(length, ShortText.Most);
        var bytes = _bytes.AsSpan(start);
        var (low, high) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        return new(bytes, new(low & LowMasks[held], high & HighMasks[held], length));
    }

    /// <summary>Where a row stands.</summary>
    public string Place(int row) => FormattableString.Invariant($"{Source.File}, {Source.Unit} {_numbers[row]}");

    private static ulong[] Masks(int before) =>
        [.. Enumerable.Range(-before, ShortText.Most + 1)
            .Select(bytes => bytes <= 0 ? 0 : bytes >= sizeof(ulong) ? ulong.MaxValue : (1UL << (8 * bytes)) - 1)];

    // Behind it there is always room for a short text, which is read as a whole.
    private int Copy(ReadOnlySpan<byte> text)
    {
        var start = _used;
        if (start + text.Length + ShortText.Most > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(start + text.Length + ShortText.Most, 2 * _bytes.Length));
        }

        text.CopyTo(_bytes.AsSpan(start));
        _used += text.Length;
        return start;
    }
}

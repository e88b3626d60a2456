using System.Runtime.CompilerServices;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Summaries;

/// <summary>The cells of some rows, copied so that the file can be read on while they are looked at.</summary>
internal sealed class RowBatch(int columns)
{
    private const int MostRows = 2048;
    private const int UsualBytes = 1 << 18;

    // As long as there are fewer, as many may come at once.
    private const int RoomBytes = (2 * UsualBytes) + ShortText.Most;

    // Not a power of two: the cells of a row must not all claim the same lines of a cache.
    private const int Stride = MostRows + 8;
    private readonly (int Start, int Length)[] _cells = new (int, int)[columns * Stride];
    private readonly long[] _numbers = new long[MostRows];
    private byte[] _bytes = new byte[RoomBytes];
    private int _used;

    /// <summary>How many batches came before it.</summary>
    public long Number { get; set; }

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
            _bytes = new byte[RoomBytes];
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

    /// <summary>Copies rows that a cursor gives at once, as many as there is room for.</summary>
    /// <param name="rows">Where they come from.</param>
    /// <param name="positions">Where their columns lie.</param>
    /// <returns>Whether there were some.</returns>
    public bool AddBlock(IRowCursor rows, int[] positions)
    {
        var block = rows.Take(MostRows - Rows);
        if (block.Rows == 0)
        {
            return false;
        }

        Place(block, Copy(block.Text) - block.Start, positions);
        for (var row = 0; row < block.Rows; row++)
        {
            _numbers[Rows + row] = block.Line + row;
        }

        Rows += block.Rows;
        return true;
    }

    /// <summary>The cells of a column.</summary>
    public ColumnCells Cells(int column) => new(_bytes, _cells.AsSpan(column * Stride, Rows));

    /// <summary>A cell.</summary>
    public Cell Cell(int column, int row) => Cells(column)[row];

    /// <summary>Where a row stands.</summary>
    public string Place(int row) => FormattableString.Invariant($"{Source.File}, {Source.Unit} {_numbers[row]}");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(in RowBlock block, int moved, int[] positions)
    {
        var ends = block.Ends;
        var width = ends.Length / block.Rows;
        for (var row = 0; row < block.Rows; row++)
        {
            var at = Rows + row;
            foreach (var position in positions)
            {
                var cell = (row * width) + position;
                var start = cell == 0 ? block.Start : ends[cell - 1] + 1;
                _cells[at] = (start + moved, ends[cell] - start);
                at += Stride;
            }
        }

        // A carriage return before a line feed is no part of the last cell.
        var last = positions.AsSpan().IndexOf(width - 1);
        for (var row = 0; last >= 0 && row < block.Rows; row++)
        {
            ref var cell = ref _cells[(last * Stride) + Rows + row];
            cell.Length -= cell.Length > 0 && _bytes[cell.Start + cell.Length - 1] == '\r' ? 1 : 0;
        }
    }

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

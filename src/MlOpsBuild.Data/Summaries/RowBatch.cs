using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Summaries;

/// <summary>The cells of some rows, copied so that the file can be read on while they are looked at.</summary>
internal sealed class RowBatch(int columns)
{
    private const int MostRows = 8192;
    private const int UsualBytes = 1 << 20;
    private readonly int[] _starts = new int[(columns + 1) * MostRows];
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
        var at = Rows;
        foreach (var position in positions)
        {
            var cell = row.Cell(position);
            if (_used + cell.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(_used + cell.Length, 2 * _bytes.Length));
            }

            cell.CopyTo(_bytes.AsSpan(_used));
            _starts[at] = _used;
            _used += cell.Length;
            at += MostRows;
        }

        _starts[at] = _used;
        _numbers[Rows++] = row.Number;
    }

    /// <summary>A cell.</summary>
    public ReadOnlySpan<byte> Cell(int column, int row)
    {
        var at = (column * MostRows) + row;
        return _bytes.AsSpan(_starts[at], _starts[at + MostRows] - _starts[at]);
    }

    /// <summary>Where a row stands.</summary>
    public string Place(int row) => FormattableString.Invariant($"{Source.File}, {Source.Unit} {_numbers[row]}");
}

namespace MlOpsBuild.Data.Files;

/// <summary>
/// The rows of a delimited text as long as no quote comes and every carriage return ends a line: then nothing but separators and line
/// feeds has to be looked for. What follows is <see cref="Rest"/>.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="separator">What stands between cells.</param>
/// <param name="trims">Whether spaces around cells are left out.</param>
internal sealed class PlainRows(Stream stream, char separator, bool trims) : IDisposable
{
    private const int BlockBytes = 1 << 18;
    private readonly CellEnds _ends = new((byte)separator, trims);
    private readonly byte[] _text = new byte[BlockBytes + 64];
    private int _filled;
    private int _next;
    private bool _ended;

    /// <summary>Lines that were read.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether something else than plain rows follows, which somebody else has to read.</summary>
    public bool HasRest { get; private set; }

    /// <summary>Cells of the row.</summary>
    public int FieldCount => _ends.Behind(_next - 1) - _ends.Before(_next - 1);

    /// <summary>The row without its end.</summary>
    public ReadOnlySpan<byte> Raw => _text.AsSpan(StartOf(_next - 1)..EndOf(_ends.Behind(_next - 1) - 1));

    /// <summary>What follows the lines that were read.</summary>
    public Stream Rest => new JoinedStream(_text.AsMemory(_ends.Bytes.._filled).ToArray(), stream);

    /// <summary>Goes to the next row; false where there is none, or something else.</summary>
    public bool Read()
    {
        do
        {
            while (_next < _ends.Lines)
            {
                (_next, Lines) = (_next + 1, Lines + 1);
                if (FieldCount > 1 || !IsBlank(Raw))
                {
                    return true;
                }
            }
        }
        while (Load());
        return false;
    }

    /// <summary>A cell of the row.</summary>
    public ReadOnlySpan<byte> Cell(int position)
    {
        var at = _ends.Before(_next - 1) + position;
        var start = position == 0 ? StartOf(_next - 1) : _ends.Ends[at - 1] + 1;
        var cell = _text.AsSpan(start..EndOf(at));
        return trims && _ends.IsPadded ? cell.Trim(" \t"u8) : cell;
    }

    /// <summary>Goes beyond the rows that follow, at most <paramref name="most"/>, as long as they have <paramref name="cells"/> cells
    /// and can be read as they are; none where the next one cannot.</summary>
    public RowBlock Take(int cells, int most)
    {
        if (_next == _ends.Lines && !Load())
        {
            return default;
        }

        // A row of one cell may be blank.
        var first = _next;
        if (cells > 1 && !_ends.IsPadded)
        {
            var end = Math.Min(_ends.Lines, first + most);
            for (var before = _ends.Before(first); _next < end && _ends.Behind(_next) - before == cells; before += cells)
            {
                _next++;
            }
        }

        if (_next == first)
        {
            return default;
        }

        var (line, start) = (Lines + 1, StartOf(first));
        Lines += _next - first;
        return new()
        {
            Text = _text.AsSpan(start..StartOf(_next)), Start = start, Ends = _ends.Ends[_ends.Before(first).._ends.Behind(_next - 1)],
            Rows = _next - first, Line = line,
        };
    }

    /// <summary>Closes the text.</summary>
    public void Dispose() => stream.Dispose();

    private int StartOf(int line) => line == 0 ? 0 : _ends.Ends[_ends.Behind(line - 1) - 1] + 1;

    // A carriage return before a line feed belongs to it.
    private int EndOf(int cell) =>
        _ends.Ends[cell] is var end && end > 0 && _text[end] == '\n' && _text[end - 1] == '\r' ? end - 1 : end;

    private bool IsBlank(ReadOnlySpan<byte> line) => trims ? !line.ContainsAnyExcept(" \t"u8) : line.Length == 0;

    // What begins a line of which the end is not there yet moves to the beginning.
    private bool Load()
    {
        if (HasRest)
        {
            return false;
        }

        var left = _filled - Math.Min(_filled, _ends.Bytes);
        if (_ended && left == 0)
        {
            return false;
        }

        _text.AsSpan(_filled - left, left).CopyTo(_text);
        _filled = left;
        while (_filled < BlockBytes && !_ended)
        {
            var count = stream.Read(_text.AsSpan(_filled..BlockBytes));
            (_filled, _ended) = (_filled + count, count == 0);
        }

        // The last line may have no end.
        var length = _filled;
        if (_ended && _filled > 0 && _text[_filled - 1] != '\n')
        {
            _text[length++] = (byte)'\n';
        }

        var whole = _text.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        _next = 0;
        _ends.Scan(_text, whole);
        HasRest = _ends.Bytes < whole || (whole == 0 && _filled > 0);
        return true;
    }
}

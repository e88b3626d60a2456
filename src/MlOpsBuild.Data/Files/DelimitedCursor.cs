using System.Globalization;
using CsvHelper;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Formats;
using static System.FormattableString;

namespace MlOpsBuild.Data.Files;

/// <summary>The rows of a file with cells between separators (RFC 4180 in all that is not declared).</summary>
internal sealed class DelimitedCursor : IRowCursor
{
    private readonly string _name;
    private readonly bool _hidesValues;
    private readonly CsvReaderOptions _options;
    private readonly Queue<CsvMalformedRecord> _malformed = [];
    private readonly PlainRows? _plain;
    private CsvReader? _reader;
    private long _linesBefore;
    private bool _atRow;
    private bool _ended;

    public DelimitedCursor(string name, SourceText text, TableFormat format, IReadOnlyCollection<string> expected, bool hidesValues)
    {
        (_name, _hidesValues) = (name, hidesValues);
        var (separator, names) = DelimitedHead.Read(name, text, format, expected, hidesValues);
        Names = names;
        _options = DelimitedHead.Options(format, separator) with { OnMalformedRecord = _malformed.Enqueue };
        _plain = format.Comment == null ? new(text.Stream, separator, format.Trim) : null;
        _reader = _plain == null ? CsvReader.Create(text.Stream, _options) : null;
        if (format.HasHeader)
        {
            _ = _plain?.Read() == true || Next();
        }
    }

    public IReadOnlyList<string> Names { get; }

    public string Unit => "line";

    public long Number { get; private set; }

    public Finding? Problem { get; private set; }

    public ReadOnlySpan<byte> Raw => _reader == null ? _plain!.Raw : _reader.RawRecord;

    public bool Read()
    {
        if (_reader == null && _plain!.Read())
        {
            Number = _plain.Lines;
            Problem = _plain.FieldCount == Names.Count ? null : WrongCount(_plain.FieldCount);
            return true;
        }

        // Broken records come before the sound one that was read behind them.
        if (_malformed.Count == 0 && !_atRow)
        {
            _atRow = Next();
        }

        if (_malformed.TryDequeue(out var malformed))
        {
            Number = _linesBefore + malformed.LineNumber;
            Problem = MalformedRecord.Describe(_name, Number, malformed, _hidesValues);
            return true;
        }

        if (!_atRow)
        {
            return false;
        }

        _atRow = false;
        Number = _linesBefore + _reader!.LineNumber;
        Problem = _reader.FieldCount == Names.Count ? null : WrongCount(_reader.FieldCount);
        return true;
    }

    public RowBlock Take(int most)
    {
        var block = _reader == null ? _plain!.Take(Names.Count, most) : default;
        Number = block.Rows > 0 ? _plain!.Lines : Number;
        return block;
    }

    // Most cells need neither be trimmed nor freed of quotes, which takes longer to find out by the reader's options.
    public ReadOnlySpan<byte> Cell(int position)
    {
        if (_reader == null)
        {
            return _plain!.Cell(position);
        }

        var raw = _reader.GetRawSpan(position);
        return raw.IsEmpty || (raw[0] is > (byte)' ' and not (byte)'"' && raw[^1] > ' ') ? raw : _reader.GetSpan(position);
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _plain?.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Next()
    {
        if (_reader == null)
        {
            if (!_plain!.HasRest)
            {
                return false;
            }

            (_reader, _linesBefore) = (CsvReader.Create(_plain.Rest, _options), _plain.Lines);
        }

        try
        {
            return !_ended && !(_ended = !_reader.Read());
        }
        catch (CsvFormatException)
        {
            throw new StageFailedException(new(
                "MLB1026", "Row without an end", Invariant($"{_name}, after line {Number}"), null,
                Invariant($"rows of at most {DelimitedHead.MostBytes >> 20} MiB"), "look for a quote that is never closed"));
        }
    }

    private Finding WrongCount(int cells) => new(
        "MLB1027", "Wrong number of fields", string.Create(CultureInfo.InvariantCulture, $"{_name}, line {Number}"),
        MalformedRecord.Shown(Raw, _hidesValues), Invariant($"{Names.Count} cells, found {cells}"),
        "correct the line; a cell that holds the separator has to stand in quotes");
}

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
    private readonly CsvReader _reader;
    private readonly Queue<CsvMalformedRecord> _malformed = [];
    private bool _atRow;
    private bool _ended;

    public DelimitedCursor(string name, SourceText text, TableFormat format, IReadOnlyCollection<string> expected, bool hidesValues)
    {
        (_name, _hidesValues) = (name, hidesValues);
        var (separator, names) = DelimitedHead.Read(name, text, format, expected, hidesValues);
        Names = names;
        _reader = CsvReader.Create(text.Stream, DelimitedHead.Options(format, separator) with { OnMalformedRecord = _malformed.Enqueue });
        if (format.HasHeader)
        {
            Next();
        }
    }

    public IReadOnlyList<string> Names { get; }

    public string Unit => "line";

    public long Number { get; private set; }

    public Finding? Problem { get; private set; }

    public bool Read()
    {
        // Broken records come before the sound one that was read behind them.
        if (_malformed.Count == 0 && !_atRow)
        {
            _atRow = Next();
        }

        if (_malformed.TryDequeue(out var malformed))
        {
            (Number, Problem) = (malformed.LineNumber, MalformedRecord.Describe(_name, malformed, _hidesValues));
            return true;
        }

        if (!_atRow)
        {
            return false;
        }

        _atRow = false;
        (Number, Problem) = (_reader.LineNumber, _reader.FieldCount == Names.Count ? null : WrongCount());
        return true;
    }

    public ReadOnlySpan<byte> Raw => _reader.RawRecord;

    // Most cells need neither be trimmed nor freed of quotes, which takes longer to find out by the reader's options.
    public ReadOnlySpan<byte> Cell(int position)
    {
        var raw = _reader.GetRawSpan(position);
        return raw.IsEmpty || (raw[0] is > (byte)' ' and not (byte)'"' && raw[^1] > ' ') ? raw : _reader.GetSpan(position);
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Next()
    {
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

    private Finding WrongCount() => new(
        "MLB1027", "Wrong number of fields", Where(_reader.LineNumber), MalformedRecord.Shown(_reader.RawRecord, _hidesValues),
        Invariant($"{Names.Count} cells, found {_reader.FieldCount}"),
        "correct the line; a cell that holds the separator has to stand in quotes");

    private string Where(long line) => string.Create(CultureInfo.InvariantCulture, $"{_name}, line {line}");
}

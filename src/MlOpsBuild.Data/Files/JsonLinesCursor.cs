using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using static System.FormattableString;

namespace MlOpsBuild.Data.Files;

/// <summary>The rows of a file with a JSON object a line. Names are those of the first object and those that are expected.</summary>
internal sealed class JsonLinesCursor : IRowCursor
{
    private const int MostBytes = 1 << 26;
    private readonly string _name;
    private readonly bool _hidesValues;
    private readonly Stream _stream;
    private readonly Dictionary<string, int> _positions;
    private readonly (int Start, int Length)[] _cells;
    private readonly Formats.TableFormat _format;
    private byte[] _text = new byte[1024];
    private int _used;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public JsonLinesCursor(string name, SourceText text, Formats.TableFormat format, IReadOnlyCollection<string> expected, bool hidesValues)
    {
        (_name, _stream, _hidesValues) = (name, text.Stream, hidesValues);
        _format = format;
        Names = expected.Count > 0 ? [.. expected] : FirstObject();
        _positions = Names.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        _cells = new (int, int)[Names.Count];
    }

    public IReadOnlyList<string> Names { get; }

    public string Unit => "line";

    public long Number { get; private set; }

    public Finding? Problem { get; private set; }

    public bool Read()
    {
        while (NextLine(out var line))
        {
            Number++;
            line = line.Trim(" \t\r"u8);
            if (line.Length > 0)
            {
                (Problem, _used) = (null, 0);
                Array.Clear(_cells);

                try
                {
                    Parse(line);
                }
                catch (Exception problem) when (problem is JsonException or InvalidOperationException)
                {
                    Problem = new(
                        "MLB1032", "Not a JSON object", Where, MalformedRecord.Shown(line, _hidesValues),
                        "one object with names and values", "correct the line");
                }

                return true;
            }
        }

        return false;
    }

    public ReadOnlySpan<byte> Cell(int position) => _text.AsSpan(_cells[position].Start, _cells[position].Length);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private string Where => Invariant($"{_name}, line {Number}");

    // Looked at and read again as a row.
    private List<string> FirstObject()
    {
        try
        {
            NextLine(out var line);
            using var document = JsonDocument.Parse(line.ToArray());
            _start = 0;
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(property => property.Name).Distinct()]
                : [];
        }
        catch (JsonException)
        {
            _start = 0;
            return [];
        }
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var seen = new HashSet<int>();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("No object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = reader.GetString()!;
            reader.Read();
            if (!_positions.TryGetValue(column, out var position))
            {
                Problem ??= _format.LeavesOut(column) ? null : new(
                    "MLB1033", "Column is not in the contract", $"{Where}, {Excerpt.Of(column, 80)}", null, string.Join(", ", Names),
                    "add it to the contract, or declare it in Ignored");
                reader.Skip();
                continue;
            }

            if (!seen.Add(position))
            {
                Problem ??= new("MLB1034", "Value given twice", $"{Where}, column {column}", null, "each column once", "correct the line");
            }

            _cells[position] = Value(ref reader, column);
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
        {
            throw new JsonException("Something follows the object.");
        }
    }

    private (int Start, int Length) Value(ref Utf8JsonReader reader, string column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return default;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Problem ??= new(
                    "MLB1035", "Value within a value", $"{Where}, column {column}", null, "a number, a text, true, false or null",
                    "flatten it before");
                reader.Skip();
                return default;
            default:
                var start = _used;
                Reserve(reader.ValueSpan.Length);
                _used += reader.TokenType == JsonTokenType.String ? reader.CopyString(_text.AsSpan(start)) : Copy(reader.ValueSpan, start);
                return (start, _used - start);
        }
    }

    private int Copy(ReadOnlySpan<byte> value, int start)
    {
        value.CopyTo(_text.AsSpan(start));
        return value.Length;
    }

    private void Reserve(int length)
    {
        if (_text.Length - _used < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + length));
        }
    }

    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        int found;
        while ((found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n')) < 0 && !_ended)
        {
            searched = _end - _start;
            Fill();
        }

        var length = found < 0 ? _end - _start : searched + found;
        line = _buffer.AsSpan(_start, length);
        var any = found >= 0 || length > 0;
        _start += Math.Min(length + 1, _end - _start);
        return any;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MostBytes)
            {
                throw new StageFailedException(new(
                    "MLB1026", "Row without an end", Invariant($"{_name}, line {Number + 1}"), null,
                    Invariant($"lines of at most {MostBytes >> 20} MiB"), "write one object a line"));
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer.AsSpan(_end));
        (_end, _ended) = (_end + read, read == 0);
    }
}

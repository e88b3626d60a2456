using System.Text;
using System.Text.Json;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;

namespace MlOpsBuild.Serving.Lookups;

/// <summary>The rows of a request: what they bring, whose they are, and the same with values added.</summary>
internal sealed class RequestRows : IDisposable
{
    private readonly JsonDocument _document;
    private readonly bool _several;
    private readonly List<JsonElement> _rows;

    private RequestRows(JsonDocument document)
    {
        _document = document;
        _several = document.RootElement.ValueKind == JsonValueKind.Array;
        _rows = _several ? [.. document.RootElement.EnumerateArray()] : [document.RootElement];
    }

    /// <summary>How many.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a body; null where it is no row and no list of rows: the model server says what is wrong with it.</summary>
    public static RequestRows? Of(byte[] body)
    {
        try
        {
            var rows = new RequestRows(JsonDocument.Parse(body));
            if (rows._rows.Count > 0 && rows._rows.TrueForAll(row => row.ValueKind == JsonValueKind.Object))
            {
                return rows;
            }

            rows.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a row brings a column; null counts, since it says that there is no value.</summary>
    public bool Brings(int row, string column) => _rows[row].TryGetProperty(column, out _);

    /// <summary>The row's key in a view; null where a part of it is missing or none.</summary>
    public string? KeyOf(int row, JoinedView view, IReadOnlyList<FieldParser> parsers) =>
        EntityKey.Of([.. view.Keys.Select((rule, part) => Part(_rows[row], rule, parsers[part]))]);

    /// <summary>The body with more columns.</summary>
    /// <param name="added">For each row the columns and their values as JSON.</param>
    public byte[] With(Func<int, IEnumerable<(string Column, string Json)>> added)
    {
        var text = new StringBuilder(_several ? "[" : "");
        for (var row = 0; row < _rows.Count; row++)
        {
            // The row stays as it came, to the byte.
            var own = _rows[row].GetRawText();
            text.Append(row == 0 ? "" : ",").Append(own.AsSpan(0, own.Length - 1));
            var first = own.AsSpan(1, own.Length - 2).IsWhiteSpace();
            foreach (var (column, json) in added(row))
            {
                text.Append(first ? "" : ",").Append('"').Append(JsonEncodedText.Encode(column).Value).Append("\":").Append(json);
                first = false;
            }

            text.Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append(_several ? "]" : "").ToString());
    }

    public void Dispose() => _document.Dispose();

    private static string? Part(JsonElement row, FieldRule rule, FieldParser parser)
    {
        try
        {
            if (!row.TryGetProperty(rule.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            return rule.Kind == FieldKind.Text ? text : FieldWriter.Text(rule, parser.Parse(text, out _), null);
        }
        catch (InvalidOperationException)
        {
            // Half a character: the model server refuses the row.
            return null;
        }
    }
}

using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>Reads one JSON object of named features into a row, in the order of the model's fields; all problems at once.</summary>
public sealed class RowReader
{
    // More would let a small request ask for a large answer.
    private const int MostFindings = 20;
    private readonly IReadOnlyList<FieldRule> _fields;
    private readonly FieldParser[] _parsers;
    private readonly Dictionary<string, int> _index;
    private readonly HashSet<string> _ignored;

    /// <summary>A reader for <paramref name="fields"/>.</summary>
    /// <param name="fields">What the model needs, in row order.</param>
    /// <param name="known">What a request may carry beside them; it is not read.</param>
    public RowReader(IReadOnlyList<FieldRule> fields, IReadOnlyList<FieldRule>? known = null)
    {
        _fields = fields;
        _parsers = [.. fields.Select(field => new FieldParser(field))];
        _index = fields.Select((field, position) => (field.Name, position))
            .ToDictionary(pair => pair.Name, pair => pair.position, StringComparer.Ordinal);
        _ignored = [.. (known ?? []).Select(column => column.Name)];
    }

    /// <summary>The row, or null with <paramref name="findings"/> filled: at most twenty, and the number of further ones.</summary>
    /// <param name="element">A JSON object.</param>
    /// <param name="where">Prefix for findings, for example <c>row 3</c>.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public RequestRow? Read(JsonElement element, string where, List<Finding> findings)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            findings.Add(new("MLB2210", "Not an object", where, element.ValueKind.ToString(), "an object of named features"));
            return null;
        }

        var problems = new List<Finding>();
        var row = new double[_fields.Count];
        var texts = new List<string>();
        var seen = new bool[_fields.Count];
        try
        {
            ReadFeatures(element, where, row, texts, seen, problems);
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character, which is no text.
            findings.Add(new("MLB2211", "Not text", where, null, "names and texts of whole characters", "correct the escapes in the body"));
            return null;
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i] && _fields[i] is { Optional: true, Past: null })
            {
                row[i] = double.NaN;
            }
            else if (!seen[i])
            {
                problems.Add(new(
                    "MLB2212", "Missing feature", $"{where}.{_fields[i].Name}", null, _fields[i].Describe(),
                    _fields[i].Past == null ? "send it" : "send it; null where there is no earlier row"));
            }
        }

        findings.AddRange(problems.Take(MostFindings));
        if (problems.Count > MostFindings)
        {
            findings.Add(new("MLB2213", $"{problems.Count - MostFindings} further problems", where));
        }

        return problems.Count == 0 ? new(row, texts) : null;
    }

    /// <summary>The number for <paramref name="value"/>; null is a missing value where the rule lets it be missing.</summary>
    internal static double Parse(FieldRule rule, FieldParser parser, JsonElement value, out string? problem)
    {
        problem = null;
        return rule.Optional && value.ValueKind == JsonValueKind.Null ? double.NaN : parser.Parse(TextOf(value), out problem);
    }

    // An empty text is a missing one, as it is in a file.
    private static bool Take(JsonElement value, ref double field, List<string> texts)
    {
        if (value.ValueKind == JsonValueKind.Null || TextOf(value) is not { Length: > 0 } text)
        {
            return false;
        }

        field = texts.Count;
        texts.Add(text);
        return true;
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private void ReadFeatures(JsonElement element, string where, double[] row, List<string> texts, bool[] seen, List<Finding> findings)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!_index.TryGetValue(property.Name, out var position))
            {
                if (!_ignored.Contains(property.Name) && !PastValues.IsName(property.Name))
                {
                    findings.Add(new(
                        "MLB2214", "Unknown feature", $"{where}.{Excerpt.Of(property.Name)}", null,
                        $"one of {string.Join(", ", _index.Keys)}", "remove it or correct its name"));
                }

                continue;
            }

            if (seen[position])
            {
                findings.Add(
                    new("MLB2215", "Feature sent twice", $"{where}.{property.Name}", null, "each feature once", "remove one of them"));
            }

            seen[position] = true;
            row[position] = Parse(_fields[position], _parsers[position], property.Value, out var problem);
            if (_fields[position].Kind == FieldKind.Text && problem == null)
            {
                problem = Take(property.Value, ref row[position], texts) || _fields[position].Optional ? null : "Missing feature";
            }

            if (problem != null)
            {
                findings.Add(new(
                    "MLB2216", problem, $"{where}.{property.Name}", Excerpt.Of(TextOf(property.Value)), _fields[position].Describe(),
                    "send a value the model was trained to accept"));
            }
        }
    }
}

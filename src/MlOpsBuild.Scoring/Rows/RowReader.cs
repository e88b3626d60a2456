using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>Reads one JSON object of named features into a row, in the order of the model's fields; all problems at once.</summary>
public sealed class RowReader
{
    private readonly IReadOnlyList<FieldRule> _fields;
    private readonly Dictionary<string, int> _index;

    /// <summary>A reader for <paramref name="fields"/>.</summary>
    public RowReader(IReadOnlyList<FieldRule> fields)
    {
        _fields = fields;
        _index = fields.Select((field, position) => (field.Name, position)).ToDictionary(pair => pair.Name, pair => pair.position);
    }

    /// <summary>The row, or null with <paramref name="findings"/> filled.</summary>
    /// <param name="element">A JSON object.</param>
    /// <param name="where">Prefix for findings, for example <c>row 3</c>.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public double[]? Read(JsonElement element, string where, List<Finding> findings)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            findings.Add(new("Not an object", where, element.ValueKind.ToString(), "an object of named features"));
            return null;
        }

        var before = findings.Count;
        var row = new double[_fields.Count];
        var seen = new bool[_fields.Count];
        try
        {
            ReadFeatures(element, where, row, seen, findings);
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character, which is no text.
            findings.Add(new("Not text", where, null, "names and texts of whole characters", "correct the escapes in the body"));
            return null;
        }

        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i])
            {
                findings.Add(new("Missing feature", $"{where}.{_fields[i].Name}", null, _fields[i].Describe(), "send it"));
            }
        }

        return findings.Count == before ? row : null;
    }

    private void ReadFeatures(JsonElement element, string where, double[] row, bool[] seen, List<Finding> findings)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!_index.TryGetValue(property.Name, out var position))
            {
                findings.Add(new("Unknown feature", $"{where}.{property.Name}", null, $"one of {string.Join(", ", _index.Keys)}", "remove it or correct its name"));
                continue;
            }

            if (seen[position])
            {
                findings.Add(new("Feature sent twice", $"{where}.{property.Name}", null, "each feature once", "remove one of them"));
            }

            seen[position] = true;
            var text = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            row[position] = _fields[position].Parse(text, out var problem);
            if (problem != null)
            {
                findings.Add(new(problem, $"{where}.{property.Name}", text, _fields[position].Describe(), "send a value the model was trained to accept"));
            }
        }
    }
}

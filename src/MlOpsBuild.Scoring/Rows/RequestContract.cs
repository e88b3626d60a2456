using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>What a request promises: known columns with accepted values, and everything that is needed to predict.</summary>
/// <param name="Columns">Columns that are known when predicting.</param>
/// <param name="Needed">Names of those without which the version that serves cannot answer.</param>
public sealed record RequestContract(IReadOnlyList<FieldRule> Columns, IReadOnlyList<string> Needed)
{
    /// <summary>The classes that labels name; null where labels are numbers.</summary>
    public ClassSet? Classes { get; init; }

    /// <summary>Whether labels say how good an answer was, from 0 to 1.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool Rated { get; init; }

    /// <summary>Columns of personal data among them: no log keeps those as they are.</summary>
    // Generated code that reads this gives null to what is left out.
    public IReadOnlyList<string> Personal { get; init => field = value ?? []; } = [];

    /// <summary>
    /// The contract of requests to a model: its own fields are needed, unless they may be missing; the data
    /// contract's other columns are known.
    /// </summary>
    public static RequestContract Of(IReadOnlyList<FieldRule> fields, IReadOnlyList<FieldRule> known) => new(
        [.. fields, .. known.Where(column => fields.All(field => field.Name != column.Name))],
        [.. fields.Where(field => field is { Optional: false } or { Past: not null }).Select(field => field.Name)]);

    /// <summary>Whether <paramref name="body"/> keeps the contract.</summary>
    public bool IsKeptBy(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? document.RootElement.GetArrayLength() > 0
                    && document.RootElement.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object && IsKeptBy(row))
                : document.RootElement.ValueKind == JsonValueKind.Object && IsKeptBy(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // No JSON, or half a character: no request of ours.
            return false;
        }
    }

    private bool IsKeptBy(JsonElement row)
    {
        var rules = Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var missing = Needed.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in row.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                return false;
            }

            if (!rules.TryGetValue(property.Name, out var rule))
            {
                // Another version may look further back.
                if (!PastValues.IsName(property.Name))
                {
                    return false;
                }

                continue;
            }

            RowReader.Parse(rule, new(rule), property.Value, out var problem);
            if (problem != null)
            {
                return false;
            }

            missing.Remove(property.Name);
        }

        return missing.Count == 0;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>Keys and values as MLflow writes them: lists of objects, whole numbers as numbers or as texts.</summary>
internal static class Pairs
{
    /// <summary>For a request.</summary>
    public static JsonArray Of(IEnumerable<KeyValuePair<string, string>> pairs) =>
        [.. pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })];

    /// <summary>Of an answer; the last one of each key.</summary>
    public static IReadOnlyDictionary<string, string> Read(JsonNode? list)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in list as JsonArray ?? [])
        {
            pairs[Text(pair?["key"])] = Text(pair?["value"]);
        }

        return pairs;
    }

    /// <summary>A value as a text; empty where there is none.</summary>
    public static string Text(JsonNode? value) => value?.ToString() ?? "";

    /// <summary>A number, which may be written as a text.</summary>
    public static double? Number(JsonNode? value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Reads answers of hosts; what is not there, or something else, is null.</summary>
internal static class JsonText
{
    public static string? Text(this JsonNode? node, string name) =>
        node is JsonObject && node[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>() : null;

    public static bool Says(this JsonNode? node, string name) =>
        node is JsonObject && node[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string name) =>
        node is JsonObject && node[name] is JsonArray items ? items.OfType<JsonNode>() : [];
}

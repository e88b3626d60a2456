using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>Manifests as people and <c>kubectl</c> read them; what is secret is left out.</summary>
internal static class ManifestText
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().Build();

    /// <summary>One document each.</summary>
    public static string Of(IEnumerable<Manifest> manifests) =>
        string.Join("---\n", manifests.Select(manifest => Serializer.Serialize(Plain(Shown(manifest))!)));

    private static JsonObject Shown(Manifest manifest)
    {
        if (manifest.Kind != ResourceKind.Secret)
        {
            return manifest.Content;
        }

        var shown = manifest.Content.DeepClone().AsObject();
        shown["stringData"] = new JsonObject(
            shown["data"]!.AsObject().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)"*** (made at the first deployment)")));
        shown.Remove("data");
        return shown;
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject map => map.ToDictionary(entry => entry.Key, entry => Plain(entry.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            _ => value.GetValue<string>(),
        },
        _ => null,
    };
}

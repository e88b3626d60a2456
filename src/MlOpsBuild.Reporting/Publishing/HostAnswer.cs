using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What a host answered, and how it says that there is more.</summary>
internal sealed record HostAnswer(string Text, string Link, string NextPage)
{
    public bool More => NextPage.Length > 0 || Link.Contains("rel=\"next\"", StringComparison.Ordinal);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public IReadOnlyList<HostComment> Comments => [.. Json.AsArray().Select(Comment)];

    public HostComment One => Comment(Json);

    private static HostComment Comment(JsonNode? node) => new(
        node!["id"]!.GetValue<long>(), node["body"]?.GetValue<string>() ?? "", node["author"]?["username"]?.GetValue<string>() ?? "");
}

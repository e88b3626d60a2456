using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What a host answered, and how it says that there is more: in a header, or in the answer itself.</summary>
internal sealed record HostAnswer(string Text, string Link, string NextPage)
{
    private JsonNode? _json;

    public bool More => NextPage.Length > 0 || Link.Contains("rel=\"next\"", StringComparison.Ordinal) || Json.Text("next") != null;

    public JsonNode Json => _json ??= JsonNode.Parse(Text)!;
}

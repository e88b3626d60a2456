using System.Text.Json.Nodes;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>A version as the server's registry has it.</summary>
/// <param name="Number">The server's own number.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record FoundVersion(string Number, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>Reads MLflow's <c>ModelVersion</c>.</summary>
    public static FoundVersion Read(JsonNode? version) => new(Pairs.Text(version?["version"]), Pairs.Read(version?["tags"]));
}

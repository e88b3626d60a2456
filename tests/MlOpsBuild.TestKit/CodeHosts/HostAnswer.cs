using System.Text;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>What a host answers.</summary>
internal sealed record HostAnswer(int Status, JsonNode? Body = null)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>A page instead of JSON.</summary>
    public string? Page { get; init; }

    public static HostAnswer Message(int status, string message) => new(status, new JsonObject { ["message"] = message });

    // The reason phrase is for people only.
    public byte[] ToBytes()
    {
        var body = Encoding.UTF8.GetBytes(Page ?? Body?.ToJsonString() ?? "");
        var head = new StringBuilder($"HTTP/1.1 {Status} {(Status < 400 ? "OK" : "Refused")}\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        // A 204 has no length, not even 0.
        head.Append(Status == 204
            ? "\r\n"
            : $"Content-Type: {(Page == null ? "application/json" : "text/html")}; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }
}

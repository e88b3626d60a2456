using System.Net.Http.Headers;
using System.Text.Json;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>An access token for one scope.</summary>
internal sealed record RegistryToken(AuthenticationHeaderValue Header, DateTimeOffset GoodUntil)
{
    private const double LifetimeWhenUnsaid = 60;

    // The rest of its life is left to clocks that differ and to requests on their way.
    private const double UsedPart = 0.9;

    /// <summary>Reads a token server's answer; null when there is no token in it.</summary>
    public static RegistryToken? Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || (Text(root, "token") ?? Text(root, "access_token")) is not { } token)
            {
                return null;
            }

            var seconds = root.TryGetProperty("expires_in", out var life) && life.ValueKind == JsonValueKind.Number
                && life.TryGetInt32(out var said) && said > 0
                ? said
                : LifetimeWhenUnsaid;
            return new(new("Bearer", token), now + TimeSpan.FromSeconds(seconds * UsedPart));
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

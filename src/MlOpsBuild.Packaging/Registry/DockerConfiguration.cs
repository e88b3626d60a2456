using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// Reads the plain entries of Docker's <c>config.json</c>: <c>auths.&lt;registry&gt;.auth</c>, or <c>username</c> and <c>password</c>.
/// </summary>
internal static class DockerConfiguration
{
    public static async Task<RegistryCredentials?> FindAsync(string path, RegistryAddress address, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellationToken));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("auths", out var entries)
                && entries.ValueKind == JsonValueKind.Object
                ? entries.EnumerateObject()
                    .Where(entry => IsFor(entry.Name, address))
                    .Select(entry => Read(entry.Value, path))
                    .FirstOrDefault(found => found != null)
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            throw new UsageException(new Finding(
                "MLB3016", "Docker's configuration cannot be read", path, problem is FormatException ? null : problem.Message,
                "JSON with base64 entries under auths",
                "repair the file (docker logout and docker login write it anew), or set MLOPS_REGISTRY_USER and MLOPS_REGISTRY_PASSWORD"));
        }
    }

    // Keys are hosts, or addresses of an API version: https://index.docker.io/v1/.
    private static bool IsFor(string key, RegistryAddress address)
    {
        var host = key[(key.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..].Split('/')[0];
        return host.Equals(address.Endpoint.Authority, StringComparison.OrdinalIgnoreCase)
            || (address.IsDockerHub && (host is "docker.io" or "index.docker.io"));
    }

    private static RegistryCredentials? Read(JsonElement entry, string path)
    {
        if (Text(entry, "auth") is { Length: > 0 } encoded)
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0').Split(':', 2);
            return parts is [{ Length: > 0 }, { Length: > 0 }] ? new(parts[0], parts[1], path) : null;
        }

        return Text(entry, "username") is { Length: > 0 } user && Text(entry, "password") is { Length: > 0 } password
            ? new(user, password, path)
            : null;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

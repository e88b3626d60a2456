using System.Text;
using System.Text.Json;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>
/// Reads the body of a refusal, <c>{"errors":[{"code","message","detail"}]}</c>, into one line. Anything may stand there.
/// </summary>
internal static class RegistryErrors
{
    private const int Longest = 400;

    // A filesystem-backed docker-registry says either the text or, nested in the detail, the bare number of ENOSPC.
    private static readonly string[] FullDisk = ["no space left on device", "\"Err\":28", "disk quota exceeded"];

    /// <summary>The codes and messages; empty when the body is nothing of the kind.</summary>
    public static string Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array
                ? OneLine(string.Join("; ", errors.EnumerateArray().Select(Describe).Where(text => text.Length > 0)))
                : "";
        }
        catch (JsonException)
        {
            // A proxy's page says nothing that its status does not.
            return "";
        }
    }

    public static bool SpeaksOfFullDisk(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        return FullDisk.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary><paramref name="text"/> without control characters, which could write to a terminal, and of bounded length.</summary>
    public static string OneLine(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    private static string Describe(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        var parts = new[] { Text(error, "code"), Text(error, "message"), Text(error, "detail") };
        return string.Join(": ", parts.Where(part => part.Length > 0));
    }

    private static string Text(JsonElement error, string name) => !error.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.String => ReadableString(value),
        JsonValueKind.Null => "",
        _ => value.GetRawText() is not "{}" and var raw ? raw : "",
    };

    private static string ReadableString(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return "";
        }
    }
}

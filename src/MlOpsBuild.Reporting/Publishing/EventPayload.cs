using System.Text.Json;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What started a workflow on GitHub: the file that <c>GITHUB_EVENT_PATH</c> names. What is not in it is null.</summary>
internal sealed class EventPayload
{
    private readonly JsonElement? _root;

    private EventPayload(JsonElement? root) => _root = root;

    /// <summary>Reads it; a payload that is missing or damaged has nothing in it, which is told where something is needed.</summary>
    public static EventPayload Read(string? path)
    {
        try
        {
            using var document = path == null ? null : JsonDocument.Parse(File.ReadAllText(path));
            return new(document?.RootElement.Clone());
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return new(null);
        }
    }

    public string? Text(params ReadOnlySpan<string> path) =>
        Find(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public long? Number(params ReadOnlySpan<string> path) =>
        Find(path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    public bool Has(params ReadOnlySpan<string> path) => Find(path) is { ValueKind: not JsonValueKind.Null };

    private JsonElement? Find(ReadOnlySpan<string> path)
    {
        var place = _root;
        foreach (var name in path)
        {
            place = place is { ValueKind: JsonValueKind.Object } here && here.TryGetProperty(name, out var next) ? next : null;
        }

        return place;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>A request, taken apart.</summary>
internal sealed class HostCall
{
    private readonly IReadOnlyDictionary<string, string> _headers;

    public HostCall(FakeRequest request, IReadOnlyDictionary<string, string> headers)
    {
        (Request, _headers) = (request, headers);
        var (path, query) = request.Path.Split('?', 2) is [var before, var after] ? (before, after) : (request.Path, "");

        // Split first: an escaped slash is a part of its segment.
        Segments = [.. path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
        Query = Pairs(query);
    }

    public FakeRequest Request { get; }

    public string Method => Request.Method;

    public string[] Segments { get; }

    public IReadOnlyDictionary<string, string> Query { get; }

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>The body as a JSON object, an absent one as an empty object; null when it is none.</summary>
    public JsonObject? Fields()
    {
        if (Request.Body.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(Request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Dictionary<string, string> Pairs(string query)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Replace('+', ' ').Split('=', 2);
            pairs[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }

        return pairs;
    }
}

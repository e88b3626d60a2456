using System.Net;
using System.Text.Json;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>A repository's tags, page by page as the registry's Link headers lead.</summary>
internal sealed class TagPages(RegistryTransport transport, RegistryAddress address)
{
    private const int LargestPage = 16 << 20;
    private readonly HashSet<Uri> _seen = [];
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private Uri? _next = address.Resource("tags/list");

    /// <summary>How many pages were read.</summary>
    public long Reached => _seen.Count;

    /// <summary>Reads the pages not read yet; all tags, sorted, each once.</summary>
    public async Task<IReadOnlyList<string>> AttemptAsync(CancellationToken cancellationToken)
    {
        while (_next is { } page)
        {
            var request = new RegistryRequest(HttpMethod.Get, page, RegistryRequest.Pull);
            using var response = await transport.SendAsync(request, cancellationToken);

            // A repository comes to be with its first push.
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                break;
            }

            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw await transport.Refusals.ReadAsync(request, response, cancellationToken);
            }

            var body = await BoundedBody.ReadAsync(response, LargestPage, cancellationToken);
            _tags.UnionWith(Read(body ?? []) ?? throw transport.Refusals.Wrong(
                request, "The registry's answer is no list of tags", null, "JSON with tags",
                "check that --registry names an OCI registry"));
            _seen.Add(page);
            _next = Next(response) is { } link ? transport.Resolve(request, page, link) : null;
            if (_next != null && _seen.Contains(_next))
            {
                throw transport.Refusals.Wrong(
                    request, "The registry's list of tags goes round in a circle", null, "a next page that is not a former one",
                    "correct the registry's configuration");
            }
        }

        return [.. _tags];
    }

    // docker-registry says null for a repository whose last tag is gone.
    private static List<string>? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("tags", out var tags))
            {
                return null;
            }

            return tags.ValueKind switch
            {
                JsonValueKind.Null => [],
                JsonValueKind.Array when tags.EnumerateArray().All(tag => tag.ValueKind == JsonValueKind.String) =>
                    [.. tags.EnumerateArray().Select(tag => tag.GetString()!)],
                _ => null,
            };
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // <address>; rel="next" (RFC 8288); several links may share a header.
    private static string? Next(HttpResponseMessage response)
    {
        var links = response.Headers.TryGetValues("Link", out var values) ? string.Join(", ", values) : "";
        foreach (var link in links.Split('<', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (end > 0 && link[end..].Replace("\"", "", StringComparison.Ordinal).Contains("rel=next", StringComparison.OrdinalIgnoreCase))
            {
                return link[..end];
            }
        }

        return null;
    }
}

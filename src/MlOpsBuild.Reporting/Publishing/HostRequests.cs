using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Requests to a code host whose client is no library; how often they are tried is the connection's to know.</summary>
/// <param name="http">The connection, with address and credentials.</param>
internal sealed class HostRequests(HttpClient http)
{
    private const int MostShown = 200;

    public Task<HostAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Null when there is no such thing.</summary>
    public async Task<HostAnswer?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken) is { Text.Length: > 0 } found ? found : null;
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            return null;
        }
    }

    public async Task<HostAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body == null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? new(
                    text, response.Headers.TryGetValues("Link", out var links) ? string.Join(',', links) : "",
                    response.Headers.TryGetValues("x-next-page", out var next) ? next.First() : "")
                : throw new HostRefusedException(response.StatusCode, Message(text));
        }
        catch (HttpRequestException silent)
        {
            throw new HostRefusedException(silent.Message, silent);
        }
    }

    // What is wrong in particular stands behind a general word: in a list, or in a field of its own.
    private static string Message(string text)
    {
        try
        {
            var answer = JsonNode.Parse(text);
            var told = answer?["error"] as JsonObject ?? answer;
            var details = (answer?["errors"] as JsonArray ?? [])
                .Select(error => error is JsonObject fields ? fields["message"]?.ToString() : error?.ToString())
                .Append(told.Text("detail"))
                .OfType<string>();
            return told?["message"] is { } message ? string.Join(": ", [message.ToString(), .. details]) : Shown(text);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return Shown(text);
        }
    }

    private static string Shown(string text) => text.Length > MostShown ? text[..MostShown] : text;
}

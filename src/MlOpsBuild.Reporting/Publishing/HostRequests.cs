using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Requests to a code host whose client is no library; how often they are tried is the connection's to know.</summary>
/// <param name="http">The connection, with address and credentials.</param>
internal sealed class HostRequests(HttpClient http)
{
    public async Task<HostAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
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

    private static string Message(string text)
    {
        try
        {
            // What is wrong in particular stands in a list behind a general word.
            var answer = JsonNode.Parse(text);
            var details = (answer?["errors"] as JsonArray ?? [])
                .Select(error => error is JsonObject fields ? fields["message"]?.ToString() : error?.ToString())
                .OfType<string>();
            return answer?["message"] is { } message ? string.Join(": ", [message.ToString(), .. details]) : text;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return text.Length > 200 ? text[..200] : text;
        }
    }
}

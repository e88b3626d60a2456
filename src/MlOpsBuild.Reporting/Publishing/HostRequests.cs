using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Requests to a code host: tried again where that can help, after the pause the host asks for. A request that makes something new is
/// tried again only when the host said it did nothing: a connection cut in between may have done it.
/// </summary>
/// <param name="http">The connection, with address and credentials.</param>
/// <param name="time">The clock of pauses.</param>
internal sealed class HostRequests(HttpClient http, TimeProvider time)
{
    private const int Attempts = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task<HostAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? pause;
            HostRefusedException refused;
            try
            {
                using var request = new HttpRequestMessage(method, path);
                request.Content = body == null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return new(text, response.Headers.TryGetValues("Link", out var links) ? string.Join(',', links) : "", response.Headers.TryGetValues("x-next-page", out var next) ? next.First() : "");
                }

                refused = new(response.StatusCode, Message(text));
                pause = PauseAfter(response, refused, attempt);
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                refused = new($"no answer from {http.BaseAddress?.Host}: {problem.Message}", problem);
                pause = method == HttpMethod.Post ? null : Doubling(attempt);
            }

            if (attempt == Attempts || pause is not { } wait || wait > LongestPause)
            {
                throw refused;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    // A host that is too busy says how long to wait, with 429 or, for its second limit, with 403.
    private TimeSpan? PauseAfter(HttpResponseMessage response, HostRefusedException refused, int attempt)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        return refused.Status switch
        {
            HttpStatusCode.TooManyRequests => asked ?? Doubling(attempt),
            HttpStatusCode.Forbidden => asked,
            >= HttpStatusCode.InternalServerError => asked ?? Doubling(attempt),
            _ => null,
        };
    }

    private static TimeSpan Doubling(int attempt) => TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));

    private static string Message(string text)
    {
        try
        {
            // What is wrong in particular stands in a list behind a general word.
            var answer = JsonNode.Parse(text);
            var details = (answer?["errors"] as JsonArray ?? []).Select(error => error is JsonObject fields ? fields["message"]?.ToString() : error?.ToString()).OfType<string>();
            return answer?["message"] is { } message ? string.Join(": ", [message.ToString(), .. details]) : text;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return text.Length > 200 ? text[..200] : text;
        }
    }
}

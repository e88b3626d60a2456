using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Prompts;

/// <summary>Asks a language model by the chat completions protocol; one question at a time, without memory.</summary>
/// <param name="http">The connection; <see cref="Handler"/> is the usual one.</param>
/// <param name="variable">The value of an environment variable; null where it is not set.</param>
/// <param name="quotes">
/// Whether messages quote what an endpoint says that gives no answer: not where that may repeat what somebody asked.
/// </param>
public sealed class ChatClient(HttpMessageInvoker http, Func<string, string?> variable, bool quotes = true)
{
    private const int LargestAnswer = 4 * 1024 * 1024;
    private const string CutAnswer = "length";

    /// <summary>A connection that follows no address but the one that was declared: a key must not go anywhere else.</summary>
    public static SocketsHttpHandler Handler() => new() { AllowAutoRedirect = false, UseCookies = false, Proxy = new OutsideProxy() };

    /// <summary>Requires that the endpoint can be asked from here.</summary>
    /// <exception cref="ChatFailedException">Its key is not set.</exception>
    public void Require(ChatEndpoint endpoint) => KeyOf(endpoint);

    /// <summary>The answer to <paramref name="messages"/>.</summary>
    /// <exception cref="ChatFailedException">There is none; which is no bad answer.</exception>
    public async Task<ChatAnswer> AskAsync(
        ChatEndpoint endpoint, IReadOnlyList<PromptMessage> messages, CancellationToken cancellationToken)
    {
        var key = KeyOf(endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new ByteArrayContent(Body(endpoint, messages)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Authorization = key == null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.Add(new("application/json"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(endpoint.AnswersWithin);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            var content = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Read(content)
                    ?? throw new ChatFailedException(Finding(endpoint, "an answer of another form", content, key), isPassing: false)
                : throw new ChatFailedException(
                    Finding(endpoint, $"status {(int)response.StatusCode}", content, key), IsPassing(response.StatusCode),
                    PauseAskedBy(response.Headers));
        }
        catch (HttpRequestException problem)
        {
            throw new ChatFailedException(
                Finding(endpoint, problem.Message, [], key),
                isPassing: problem.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChatFailedException(
                Finding(endpoint, FormattableString.Invariant($"nothing within {endpoint.AnswersWithin.TotalSeconds:0.##} s"), [], key),
                isPassing: true);
        }
    }

    private static byte[] Body(ChatEndpoint endpoint, IReadOnlyList<PromptMessage> messages)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("model", endpoint.Model);
            writer.WriteStartArray("messages");
            foreach (var message in messages)
            {
                writer.WriteStartObject();
                writer.WriteString("role", message.Role);
                writer.WriteString("content", message.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (endpoint.Temperature is { } temperature)
            {
                writer.WriteNumber("temperature", temperature);
            }

            if (endpoint.MaximumTokens is { } most)
            {
                writer.WriteNumber("max_tokens", most);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    // A refusal has no content, and is an answer.
    private static ChatAnswer? Read(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var choice = root.GetProperty("choices")[0];
            var said = choice.GetProperty("message").TryGetProperty("content", out var text) ? text : default;
            var usage = root.TryGetProperty("usage", out var counted) && counted.ValueKind == JsonValueKind.Object ? counted : default;
            return new(
                said.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? "" : said.GetString()!,
                Tokens(usage, "prompt_tokens"), Tokens(usage, "completion_tokens"))
            {
                Cut = choice.TryGetProperty("finish_reason", out var reason) && reason.ValueKind == JsonValueKind.String
                    && reason.GetString() == CutAnswer,
            };
        }
        catch (Exception problem)
            when (problem is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static int? Tokens(JsonElement usage, string name) =>
        usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number
        && count.TryGetInt32(out var number) && number >= 0 ? number : null;

    private string? KeyOf(ChatEndpoint endpoint) => endpoint.KeyVariable == null ? null
        : variable(endpoint.KeyVariable)?.Trim() is not { Length: > 0 } key ? throw NoKey(endpoint, "is not set")
        : key.Any(letter => letter is <= ' ' or > '~') ? throw NoKey(endpoint, "has characters that no key has")
        : key;

    private static ChatFailedException NoKey(ChatEndpoint endpoint, string problem) => new(
        new(
            "MLB2220", "The endpoint's key cannot be used", endpoint.Url.ToString(), $"{endpoint.KeyVariable} {problem}",
            "an environment variable with the key", $"set {endpoint.KeyVariable}; on a build server, as a secret"),
        isPassing: false);

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private static TimeSpan? PauseAskedBy(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } then } when headers.Date is { } now => then - now,
        _ => null,
    };

    private Finding Finding(ChatEndpoint endpoint, string what, byte[] content, string? key)
    {
        var said = Encoding.UTF8.GetString(content);
        said = quotes ? Excerpt.Line(key == null ? said : said.Replace(key, "***", StringComparison.Ordinal)) : "";
        return new(
            "MLB2221", "The endpoint gives no answer", endpoint.Url.ToString(), what, "an answer by the chat completions protocol",
            said.Length > 0 ? $"it said: {said}" : "see whether it can be reached from here, and whether it lets this key in");
    }
}

using System.Text.Json.Nodes;
using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.TestKit.LanguageModels;

/// <summary>
/// Speaks the chat completions protocol as OpenAI documents it, and answers what it is told to: it counts words as tokens, wants its key
/// where it has one, and can be busy.
/// </summary>
public sealed class FakeLanguageModel : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HostListener _listener;
    private readonly Func<ChatRequest, string?> _answer;
    private readonly Queue<(int Status, string? RetryAfter)> _refusals = [];
    private readonly List<ChatRequest> _asked = [];

    /// <summary>Starts it.</summary>
    /// <param name="answer">What it answers; null is a refusal, which has no content.</param>
    public FakeLanguageModel(Func<ChatRequest, string?> answer)
    {
        _answer = answer;
        _listener = new(Serve);
        Address = new(_listener.Address, "v1/chat/completions");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The key without which it answers nobody; null lets everybody in.</summary>
    public string? Key { get; init; }

    /// <summary>Whether it says how many tokens there were.</summary>
    /// <value>It does.</value>
    public bool CountsTokens { get; set; } = true;

    /// <summary>What it was asked, in the order in which it came.</summary>
    public IReadOnlyList<ChatRequest> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Answers the next request with a status; 0 cuts the connection.</summary>
    public void RefuseNext(int status, string? retryAfter = null)
    {
        lock (_gate)
        {
            _refusals.Enqueue((status, retryAfter));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private HostAnswer? Serve(HostCall call)
    {
        ChatRequest asked;
        lock (_gate)
        {
            if (_refusals.TryDequeue(out var refusal))
            {
                return refusal.Status == 0 ? null : Refuse(refusal.Status, "not now", refusal.RetryAfter);
            }

            if (Key != null && call.Header("Authorization") != $"Bearer {Key}")
            {
                return Refuse(401, $"Incorrect API key provided: {call.Header("Authorization")}", null);
            }

            if (call is not { Method: "POST", Segments: ["v1", "chat", "completions"] } || call.Fields() is not { } fields
                || ChatRequest.Read(fields, _asked.Count) is not { } read)
            {
                return Refuse(400, "no chat completion", null);
            }

            asked = read;
            _asked.Add(asked);
        }

        var text = _answer(asked);
        var answer = new JsonObject
        {
            ["id"] = $"chatcmpl-{asked.Number}", ["object"] = "chat.completion", ["model"] = asked.Model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0, ["finish_reason"] = text == null ? "content_filter" : "stop",
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
            }),
        };
        if (CountsTokens)
        {
            answer["usage"] = new JsonObject
            {
                ["prompt_tokens"] = asked.Messages.Sum(message => Words(message.Text)), ["completion_tokens"] = Words(text ?? ""),
            };
        }

        return new(200, answer);
    }

    private static HostAnswer Refuse(int status, string message, string? retryAfter) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error" } })
        {
            Headers = retryAfter == null ? [] : new() { ["Retry-After"] = retryAfter },
        };

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}

using MlOpsBuild.TestKit.CodeHosts;

namespace MlOpsBuild.TestKit.Alerts;

/// <summary>Takes what is posted to it, or refuses it.</summary>
public sealed class FakeWebhook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HostListener _listener;
    private readonly Queue<(int Status, string? RetryAfter)> _answers = [];
    private readonly List<FakeRequest> _requests = [];

    /// <summary>Starts it.</summary>
    public FakeWebhook()
    {
        _listener = new(Serve);
        Address = new(_listener.Address, "hook/secret-of-the-address");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers the next request with a status; 0 cuts the connection. After those that were named it takes everything.</summary>
    public void AnswerNext(int status, string? retryAfter = null)
    {
        lock (_gate)
        {
            _answers.Enqueue((status, retryAfter));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private HostAnswer? Serve(HostCall call)
    {
        lock (_gate)
        {
            _requests.Add(call.Request);
            var (status, retryAfter) = _answers.TryDequeue(out var answer) ? answer : (200, null);
            return status == 0 ? null : new(status)
            {
                Page = status == 200 ? "ok" : "no", Headers = retryAfter == null ? [] : new() { ["Retry-After"] = retryAfter },
            };
        }
    }
}

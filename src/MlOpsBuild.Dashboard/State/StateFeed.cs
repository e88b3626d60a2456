using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOpsBuild.Core;

namespace MlOpsBuild.Dashboard.State;

/// <summary>
/// Looks again and again while somebody watches, once for all who do, and sends what is new (server-sent events, HTML Living Standard 9.2).
/// </summary>
internal sealed class StateFeed(IDashboardBuild build, TimeSpan pause, TimeProvider time) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private DashboardState? _state;
    private byte[] _text = [];
    private DateTimeOffset _looked;

    /// <summary>What there is to show, at most a pause old.</summary>
    public async Task<DashboardState> NowAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (_state == null || time.GetUtcNow() - _looked >= pause)
            {
                _state = await build.LookAsync(cancellationToken);
                (_text, _looked) = (JsonSerializer.SerializeToUtf8Bytes(_state, OneLine), time.GetUtcNow());
            }

            return _state;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Sends it, and whatever is new, until the caller goes away.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        response.ContentType = "text/event-stream";
        var (sent, at) = (Array.Empty<byte>(), time.GetTimestamp());
        try
        {
            while (true)
            {
                await NowAsync(either.Token);
                var text = _text;
                if (!text.AsSpan().SequenceEqual(sent))
                {
                    await SendAsync(response, "data: ", text, either.Token);
                    (sent, at) = (text, time.GetTimestamp());
                }
                else if (time.GetElapsedTime(at) > Heartbeat)
                {
                    await SendAsync(response, ": still here", [], either.Token);
                    at = time.GetTimestamp();
                }

                await Task.Delay(pause, time, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the server ends.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _stopping.Dispose();
        _looking.Dispose();
    }

    private static async Task SendAsync(HttpResponse response, string head, byte[] text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(head), cancellationToken);
        await response.Body.WriteAsync(text, cancellationToken);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Upstreams;

/// <summary>Asks model servers on loopback, over connections that are kept.</summary>
internal sealed class UpstreamClient(ServerLimits limits, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<int, UpstreamPool> _kept = new();

    /// <summary>The server's answer, or that there was none.</summary>
    public Task<UpstreamAnswer> PredictAsync(Upstream upstream, byte[] body, string id, CancellationToken cancellationToken) =>
        AskAsync(upstream.Port, $"POST /predict HTTP/1.1\r\nContent-Type: application/json\r\n{ServerHeaders.RequestId}: {id}", body, TimeSpan.FromSeconds(limits.AnswerSeconds), cancellationToken);

    /// <summary>Whether the server answers within <paramref name="patience"/>.</summary>
    public async Task<bool> IsAliveAsync(Upstream upstream, TimeSpan patience, CancellationToken cancellationToken) =>
        (await AskAsync(upstream.Port, "GET /v2/health/ready HTTP/1.1", default, patience, cancellationToken)).Status == (int)HttpStatusCode.OK;

    /// <summary>Closes what is kept for servers that are in no route any more.</summary>
    public void KeepOnly(IEnumerable<Upstream> upstreams)
    {
        foreach (var port in _kept.Keys.Except(upstreams.Select(upstream => upstream.Port)))
        {
            if (_kept.TryRemove(port, out var connections))
            {
                connections.Dispose();
            }
        }
    }

    public void Dispose() => KeepOnly([]);

    private async Task<UpstreamAnswer> AskAsync(int port, string head, ReadOnlyMemory<byte> body, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var (status, answer) = await AskAsync(port, head, body, limit.Token);
            return new(status, answer, time.GetElapsedTime(started));
        }
        catch (Exception problem) when (problem is IOException or SocketException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new((int)HttpStatusCode.BadGateway, default, time.GetElapsedTime(started), Unreachable: true);
        }
    }

    // A kept connection may belong to a server that has been started again; predicting twice changes nothing.
    private async Task<(int Status, byte[] Body)> AskAsync(int port, string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var kept = _kept.GetOrAdd(port, _ => new());
        if (kept.TryTake(out var connection))
        {
            try
            {
                return await AskAsync(kept, connection, head, body, cancellationToken);
            }
            catch (Exception problem) when (problem is IOException or SocketException && !connection.Answered)
            {
                // Once more, over a connection of its own.
            }
        }

        return await AskAsync(kept, await UpstreamConnection.OpenAsync(port, cancellationToken), head, body, cancellationToken);
    }

    private static async Task<(int Status, byte[] Body)> AskAsync(UpstreamPool kept, UpstreamConnection connection, string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.AskAsync(head, body, cancellationToken);
        }
        finally
        {
            kept.GiveBack(connection);
        }
    }
}

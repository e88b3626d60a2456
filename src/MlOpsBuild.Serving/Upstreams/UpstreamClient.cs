using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Upstreams;

/// <summary>Asks model servers, over connections that are kept.</summary>
internal sealed class UpstreamClient(ServerLimits limits, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SilenceBelieved = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string? Host, int Port), UpstreamPool> _kept = new();

    // Nobody refuses a connection to a container that is gone: each caller would wait until it is given up.
    private readonly ConcurrentDictionary<(string? Host, int Port), long> _silent = new();

    /// <summary>The server's answer, or that there was none.</summary>
    public Task<UpstreamAnswer> PredictAsync(Upstream upstream, byte[] body, string id, CancellationToken cancellationToken) =>
        PostAsync(upstream, "/predict", body, id, cancellationToken);

    /// <summary>What the server says of its predictions, or that it said nothing.</summary>
    public Task<UpstreamAnswer> ExplainAsync(Upstream upstream, byte[] body, string id, CancellationToken cancellationToken) =>
        PostAsync(upstream, "/explain", body, id, cancellationToken);

    private Task<UpstreamAnswer> PostAsync(
        Upstream upstream, string path, byte[] body, string id, CancellationToken cancellationToken) =>
        _silent.TryGetValue(upstream.Address, out var since) && time.GetElapsedTime(since) < SilenceBelieved
        ? Task.FromResult(new UpstreamAnswer((int)HttpStatusCode.BadGateway, default, TimeSpan.Zero, Unreachable: true))
        : AskAsync(
            upstream, $"POST {path} HTTP/1.1\r\nContent-Type: application/json\r\n{ServerHeaders.RequestId}: {id}", body,
            TimeSpan.FromSeconds(limits.AnswerSeconds), cancellationToken);

    /// <summary>Whether the server answers within <paramref name="patience"/>.</summary>
    public async Task<bool> IsAliveAsync(Upstream upstream, TimeSpan patience, CancellationToken cancellationToken) =>
        (await AskAsync(upstream, "GET /v2/health/ready HTTP/1.1", default, patience, cancellationToken)).Status == (int)HttpStatusCode.OK;

    /// <summary>Closes what is kept for servers that are in no route any more.</summary>
    public void KeepOnly(IEnumerable<Upstream> upstreams)
    {
        foreach (var address in _kept.Keys.Except(upstreams.Select(upstream => upstream.Address)))
        {
            _silent.TryRemove(address, out _);
            if (_kept.TryRemove(address, out var connections))
            {
                connections.Dispose();
            }
        }
    }

    public void Dispose() => KeepOnly([]);

    private async Task<UpstreamAnswer> AskAsync(
        Upstream upstream, string head, ReadOnlyMemory<byte> body, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var (status, answer) = await AskAsync(upstream, head, body, limit.Token);
            return new(status, answer, time.GetElapsedTime(started));
        }
        catch (Exception problem) when (problem is IOException or SocketException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new((int)HttpStatusCode.BadGateway, default, time.GetElapsedTime(started), Unreachable: true);
        }
    }

    // A kept connection may belong to a server that has been started again; predicting twice changes nothing.
    private async Task<(int Status, byte[] Body)> AskAsync(
        Upstream upstream, string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var kept = _kept.GetOrAdd(upstream.Address, _ => new());
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

        return await AskAsync(kept, await OpenAsync(upstream, cancellationToken), head, body, cancellationToken);
    }

    private async Task<UpstreamConnection> OpenAsync(Upstream upstream, CancellationToken cancellationToken)
    {
        if (upstream.Host == null)
        {
            return await UpstreamConnection.OpenAsync(upstream, cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectPatience);
        try
        {
            var connection = await UpstreamConnection.OpenAsync(upstream, limit.Token);
            _silent.TryRemove(upstream.Address, out _);
            return connection;
        }
        catch (Exception problem)
            when (problem is SocketException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _silent[upstream.Address] = time.GetTimestamp();
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture, $"no connection to {upstream.Host ?? "127.0.0.1"}:{upstream.Port}"), problem);
        }
    }

    private static async Task<(int Status, byte[] Body)> AskAsync(
        UpstreamPool kept, UpstreamConnection connection, string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
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

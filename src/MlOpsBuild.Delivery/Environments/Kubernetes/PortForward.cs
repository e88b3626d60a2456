using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// A port of this machine's loopback that leads to a port of whichever pod of a server is ready, through the API server: whoever may deploy
/// reaches what is deployed, from wherever the cluster is reached. Each connection is a tunnel of its own.
/// </summary>
internal sealed class PortForward : IDisposable
{
    private const int Chunk = 32 * 1024;
    private const byte Data = 0;
    private readonly Cluster _cluster;
    private readonly Func<CancellationToken, Task<string?>> _pod;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Opens it.</summary>
    /// <param name="cluster">The way.</param>
    /// <param name="pod">A pod that is ready; null when there is none.</param>
    /// <param name="port">The pod's port.</param>
    public PortForward(Cluster cluster, Func<CancellationToken, Task<string?>> pod, int port)
    {
        (_cluster, _pod, _port) = (cluster, pod, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_stopping.Token);
    }

    /// <summary>The port on loopback.</summary>
    public int Port { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptTcpClientAsync(cancellationToken);
                _ = TunnelAsync(caller, cancellationToken);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The build has ended.
        }
    }

    private async Task TunnelAsync(TcpClient caller, CancellationToken cancellationToken)
    {
        using var held = caller;
        caller.NoDelay = true;
        try
        {
            if (await _pod(cancellationToken) is not { } pod)
            {
                return;
            }

            using var tunnel = await _cluster.ForwardAsync(pod, _port, cancellationToken);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var stream = caller.GetStream();
            var (up, down) = (UpAsync(stream, tunnel, either.Token), DownAsync(tunnel, stream, either.Token));
            await Task.WhenAny(up, down);
            await either.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or SocketException or OperationCanceledException
            or HttpRequestException or ObjectDisposedException or Core.FindingsException or k8s.Autorest.HttpOperationException)
        {
            // The caller sees a connection that ends, as from a server that is gone.
        }
    }

    private static async Task UpAsync(NetworkStream from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk + 1];
        buffer[0] = Data;
        while (await from.ReadAsync(buffer.AsMemory(1), cancellationToken) is var read and > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, read + 1), WebSocketMessageType.Binary, true, cancellationToken);
        }
    }

    // A channel's first two bytes are the port; what comes on any channel but the first tells of a problem, after which nothing follows.
    private static async Task DownAsync(WebSocket from, NetworkStream to, CancellationToken cancellationToken)
    {
        var (buffer, opened, begins, channel) = (new byte[Chunk + 1], new Dictionary<byte, int>(), true, Data);
        while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is var part && part.MessageType != WebSocketMessageType.Close)
        {
            var content = buffer.AsMemory(0, part.Count);
            if (begins && content.Length > 0)
            {
                (channel, content) = (content.Span[0], content[1..]);
            }

            begins = part.EndOfMessage;
            var skipped = Math.Min(2 - opened.GetValueOrDefault(channel), content.Length);
            opened[channel] = opened.GetValueOrDefault(channel) + skipped;
            content = content[skipped..];
            if (channel != Data && content.Length > 0)
            {
                return;
            }

            await to.WriteAsync(content, cancellationToken);
        }
    }
}

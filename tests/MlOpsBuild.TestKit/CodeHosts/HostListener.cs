using System.Net;
using System.Net.Sockets;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// Speaks HTTP/1.1 on a free port of the loopback address, one request for each connection, so that what happens to a connection happens to
/// exactly that request.
/// </summary>
internal sealed class HostListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<HostCall, HostAnswer?> _serve;
    private readonly CancellationTokenSource _stopping = new();

    public HostListener(Func<HostCall, HostAnswer?> serve)
    {
        _serve = serve;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ListenAsync(_stopping.Token);
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(cancellationToken);
                _ = Task.Run(() => ServeAsync(client, cancellationToken), CancellationToken.None);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var wire = new HostWire(client, cancellationToken);
                if (_serve(await wire.ReadAsync()) is { } answer)
                {
                    await wire.SendAsync(answer.ToBytes());
                    client.Shutdown(SocketShutdown.Both);
                    return;
                }

                // Reset, not ended: a request without a body whose connection ends before the answer is one
                // that HttpClient repeats by itself.
                client.LingerState = new(enable: true, seconds: 0);
            }
            catch (Exception problem)
                when (problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}

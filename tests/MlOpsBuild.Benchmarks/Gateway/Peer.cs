using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>A peer's process on a free loopback port, ended afterwards.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Starts the command that <paramref name="command"/> gives for a port, and waits until somebody listens on it.</summary>
    public static async Task<Peer> StartAsync(Func<int, string[]> command, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var line = command(port);
        var process = Timed.Start(new(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true });
        while (!await ListensAsync(port, cancellationToken))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{line[0]} ended: {await process.StandardError.ReadToEndAsync(cancellationToken)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return new(process, port);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

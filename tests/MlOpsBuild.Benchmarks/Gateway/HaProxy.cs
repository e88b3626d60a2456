using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>Debian's HAProxy before two model servers; all requests go to the first until the weights change.</summary>
internal sealed class HaProxy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-haproxy-").FullName;
    private Peer _peer = null!;

    private HaProxy()
    {
    }

    public int Port => _peer.Port;

    private string AdminSocket => Path.Combine(_folder, "admin.sock");

    public static async Task<HaProxy> StartAsync(int first, int second, CancellationToken cancellationToken)
    {
        var proxy = new HaProxy();
        var path = Path.Combine(proxy._folder, "haproxy.cfg");
        proxy._peer = await Peer.StartAsync(
            port =>
            {
                File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
                    global
                      maxconn 4096
                      stats socket {proxy.AdminSocket} mode 600 level admin
                    defaults
                      mode http
                      timeout connect 2s
                      timeout client 30s
                      timeout server 30s
                    frontend predictions
                      bind 127.0.0.1:{port}
                      default_backend models
                    backend models
                      server first 127.0.0.1:{first} weight 100
                      server second 127.0.0.1:{second} weight 0

                    """));
                return ["haproxy", "-db", "-f", path];
            },
            cancellationToken);
        return proxy;
    }

    /// <summary>Gives all requests to the second server; when that was decided.</summary>
    public async Task<DateTimeOffset> TakeAwayFirstAsync(CancellationToken cancellationToken)
    {
        var decided = DateTimeOffset.UtcNow;
        await TellAsync("set server models/second weight 100; set server models/first weight 0", cancellationToken);
        return decided;
    }

    public void Dispose()
    {
        _peer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task TellAsync(string command, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(AdminSocket), cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(command + "\n"), cancellationToken);
        var answer = new byte[1024];
        var text = new StringBuilder();
        while (await socket.ReceiveAsync(answer, cancellationToken) is > 0 and var read)
        {
            text.Append(Encoding.ASCII.GetString(answer, 0, read));
        }

        if (!string.IsNullOrWhiteSpace(text.ToString()))
        {
            throw new InvalidOperationException($"HAProxy says '{text.ToString().Trim()}' to '{command}'");
        }
    }
}

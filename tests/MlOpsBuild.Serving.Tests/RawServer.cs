using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlOpsBuild.Serving.Tests;

/// <summary>A server that answers each request with the bytes a test says, in the pieces a test says, and closes when told.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, RawAnswer> _script;
    private int _asked;
    private int _connections;

    public RawServer(Func<int, RawAnswer> script)
    {
        _script = script;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _ = ServeAsync(connection);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            connection.NoDelay = true;
            var stream = connection.GetStream();
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                Requests.Add(Encoding.ASCII.GetString(buffer, 0, read));
                var answer = _script(Interlocked.Increment(ref _asked));
                foreach (var piece in answer.Pieces)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), _stop.Token);
                    await stream.FlushAsync(_stop.Token);
                    await Task.Yield();
                }

                if (answer.Closes)
                {
                    return;
                }
            }
        }
    }
}

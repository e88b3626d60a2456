using System.Net;
using System.Net.Sockets;

namespace MlOpsBuild.Store.TestKit.Tests;

/// <summary>A number that is answered with silence: who calls it is known to live until the line is closed.</summary>
internal sealed class HeldLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HeldLine() => _listener.Start();

    public string Address => $"http://{_listener.LocalEndpoint}/";

    /// <summary>The call, as soon as somebody calls.</summary>
    public async Task<Call> AnswerAsync(CancellationToken cancellationToken) => new(await _listener.AcceptSocketAsync(cancellationToken));

    public void Dispose() => _listener.Dispose();

    internal sealed class Call(Socket socket) : IDisposable
    {
        /// <summary>Complete when the caller is gone.</summary>
        public async Task ClosedAsync(CancellationToken cancellationToken)
        {
            var said = new byte[1024];
            try
            {
                while (await socket.ReceiveAsync(said, cancellationToken) > 0)
                {
                    // What it asked before.
                }
            }
            catch (SocketException)
            {
                // It went away without a word.
            }
        }

        public void Dispose() => socket.Dispose();
    }
}

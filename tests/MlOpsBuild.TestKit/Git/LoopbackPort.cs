using System.Net;
using System.Net.Sockets;

namespace MlOpsBuild.TestKit.Git;

/// <summary>
/// A free port of the loopback address. On Linux a socket that is bound and does not listen keeps it: a server may listen on it and leave
/// it, and in between connections are refused and nobody else is given the port.
/// </summary>
internal sealed class LoopbackPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public LoopbackPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Number = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        if (!OperatingSystem.IsLinux())
        {
            _socket.Dispose();
        }
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}

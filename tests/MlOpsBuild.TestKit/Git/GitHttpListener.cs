using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.TestKit.Git;

/// <summary>One life of a server: from the moment it listens until it does not any more.</summary>
internal sealed class GitHttpListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly WebApplication _app;

    private GitHttpListener(int port, Func<HttpContext, CancellationToken, Task> handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.CreateBoundListenSocket = address =>
        {
            _socket.Bind(address);
            return _socket;
        }).ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        _app.Run(context => HandleAsync(context, handler));
    }

    /// <summary>Listens on a port; the token of the handler ends when the client goes away or the listener stops.</summary>
    public static async Task<GitHttpListener> StartAsync(
        int port, Func<HttpContext, CancellationToken, Task> handler, CancellationToken cancellationToken)
    {
        var listener = new GitHttpListener(port, handler);
        try
        {
            await listener._app.StartAsync(cancellationToken);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Cuts all connections and ends when the last handler did.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsLinux())
        {
            // Any process that this one is starting at the moment has the socket too, until it becomes another
            // program: to close it is not enough.
            _socket.Shutdown(SocketShutdown.Both);
        }

        await _stopping.CancelAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _app.StopAsync(patience.Token);
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context, Func<HttpContext, CancellationToken, Task> handler)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            await handler(context, end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }
}

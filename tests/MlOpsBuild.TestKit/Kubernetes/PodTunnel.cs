using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>
/// A forwarded port as the kubelet gives it over a WebSocket (<c>v4.channel.k8s.io</c>): channel 0 carries data, channel 1 what went wrong,
/// and each begins with the port as two bytes.
/// </summary>
internal static class PodTunnel
{
    private const string Protocol = "v4.channel.k8s.io";

    public static async Task RunAsync(HttpContext context, string pod, Func<string, int, Task<int>> forward)
    {
        if (!context.WebSockets.IsWebSocketRequest || !context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            throw new ApiException(400, "BadRequest", "Upgrade request required");
        }

        var port = int.Parse(context.Request.Query["ports"].ToString(), CultureInfo.InvariantCulture);
        var reached = await forward(pod, port);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
        var opening = new byte[3];
        BinaryPrimitives.WriteUInt16LittleEndian(opening.AsSpan(1), (ushort)port);
        foreach (var channel in (byte[])[0, 1])
        {
            opening[0] = channel;
            await socket.SendAsync(opening.ToArray(), WebSocketMessageType.Binary, true, context.RequestAborted);
        }

        using var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, reached == 0 ? throw new SocketException(111) : reached, context.RequestAborted);
        }
        catch (SocketException)
        {
            var message = System.Text.Encoding.UTF8.GetBytes($"\u0001an error occurred forwarding {port}: connection refused");
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, context.RequestAborted);
            return;
        }

        var stream = client.GetStream();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var (up, down) = (UpAsync(socket, stream, either.Token), DownAsync(stream, socket, either.Token));
        await Task.WhenAny(up, down);
        await either.CancelAsync();
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task UpAsync(WebSocket from, NetworkStream to, CancellationToken cancellationToken)
    {
        var (buffer, begins) = (new byte[65536], true);
        while (await from.ReceiveAsync(buffer.AsMemory(), cancellationToken) is var part && part.MessageType != WebSocketMessageType.Close)
        {
            await to.WriteAsync(buffer.AsMemory(begins ? 1 : 0, part.Count - (begins ? 1 : 0)), cancellationToken);
            begins = part.EndOfMessage;
        }
    }

    private static async Task DownAsync(NetworkStream from, WebSocket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16385];
        while (await from.ReadAsync(buffer.AsMemory(1), cancellationToken) is var read and > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, read + 1), WebSocketMessageType.Binary, true, cancellationToken);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlOpsBuild.TestKit;

/// <summary>
/// A proxy on loopback that passes HTTP/1.1 requests to a server and breaks those it was told to. It takes one request for
/// each connection, so that a fault hits exactly that request.
/// </summary>
public sealed class FaultyProxy : IDisposable
{
    private readonly List<ProxyFault> _faults = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<ProxiedRequest> _requests = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _upstream;

    private FaultyProxy(Uri upstream)
    {
        _upstream = upstream;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
    }

    /// <summary>Its own address, ending in a slash.</summary>
    public Uri Address { get; }

    /// <summary>The requests so far, in order of arrival.</summary>
    public IReadOnlyList<ProxiedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Bytes of request bodies that clients sent.</summary>
    public long BytesUp => Requests.Sum(request => request.BytesUp);

    /// <summary>Bytes of answers' bodies that clients got.</summary>
    public long BytesDown => Requests.Sum(request => request.BytesDown);

    /// <summary>Starts a proxy before <paramref name="upstream"/>, which speaks plain HTTP.</summary>
    public static FaultyProxy Before(Uri upstream)
    {
        var proxy = new FaultyProxy(upstream);
        _ = proxy.ListenAsync();
        return proxy;
    }

    /// <summary>How many requests of <paramref name="method"/> came.</summary>
    public int Count(string method) => Requests.Count(request => request.Method == method);

    /// <summary>Adds a fault; the first that matches a request is the one that hits it.</summary>
    public void Inject(ProxyFault fault)
    {
        lock (_requests)
        {
            _faults.Add(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            try
            {
                var (head, rest) = await ReadHeadAsync(client);
                var request = new ProxiedRequest(head);
                var fault = Note(request);
                if (fault.CutUploadAfter == 0)
                {
                    return;
                }

                if (fault.Status != null)
                {
                    await AnswerAsync(client, request, rest, fault);
                    return;
                }

                await upstream.ConnectAsync(_upstream.Host, _upstream.Port, _stopping.Token);
                await upstream.SendAsync(Encoding.Latin1.GetBytes(WithoutReuse(head)), _stopping.Token);
                var up = PassUpAsync(client, upstream, request, rest, fault);
                var down = PassDownAsync(upstream, client, request, fault);
                if (await Task.WhenAny(up, down) == down && fault is { LosesAnswer: false, CutDownloadAfter: null })
                {
                    // A client that is still sending would lose the answer with the connection.
                    client.Shutdown(SocketShutdown.Send);
                    await up;
                }

                Close(client);
                Close(upstream);
                await Task.WhenAll(up, down);
            }
            catch (Exception problem)
                when (problem is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Either side went away.
            }
        }
    }

    private ProxyFault Note(ProxiedRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
            for (var index = 0; index < _faults.Count; index++)
            {
                var fault = _faults[index];
                if (fault.Times == 0
                    || (fault.Method is not "*" && fault.Method != request.Method)
                    || !request.Target.Contains(fault.Path, StringComparison.Ordinal))
                {
                    continue;
                }

                _faults[index] = fault.Skip > 0 ? fault with { Skip = fault.Skip - 1 } : fault with { Times = fault.Times - 1 };
                if (fault.Skip == 0)
                {
                    return fault;
                }
            }

            return new(request.Method);
        }
    }

    private async Task AnswerAsync(Socket client, ProxiedRequest request, byte[] rest, ProxyFault fault)
    {
        // An answer to a body that was not read would be lost with the connection; whoever waits for a 100 sends none.
        request.CountUp(rest.Length);
        var buffer = new byte[64 << 10];
        while (!request.WaitsForContinue
            && request.BytesUp < request.Length
            && await client.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
        {
            request.CountUp(count);
        }

        var retry = fault.RetryAfter is null ? "" : $"Retry-After: {fault.RetryAfter}\r\n";
        var answer = $"HTTP/1.1 {fault.Status} Injected\r\nConnection: close\r\nContent-Type: application/json\r\n{retry}Content-Length: {fault.Body.Length}\r\n\r\n{fault.Body}";
        await client.SendAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
        Close(client);
    }

    private async Task PassUpAsync(Socket client, Socket upstream, ProxiedRequest request, byte[] rest, ProxyFault fault)
    {
        var buffer = new byte[64 << 10];
        rest.CopyTo(buffer, 0);
        var count = rest.Length;
        do
        {
            var passed = (int)Math.Min(count, (fault.CutUploadAfter ?? long.MaxValue) - request.BytesUp);
            Corrupt(buffer, request.BytesUp, passed, fault.CorruptUploadAt);
            request.CountUp(count);
            await TrySendAsync(upstream, buffer.AsMemory(0, passed));
            if (request.BytesUp >= fault.CutUploadAfter)
            {
                return;
            }

            count = await client.ReceiveAsync(buffer, _stopping.Token);
        }
        while (count > 0);
    }

    private async Task PassDownAsync(Socket upstream, Socket client, ProxiedRequest request, ProxyFault fault)
    {
        var (head, rest) = await ReadHeadAsync(upstream);
        while (head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
        {
            await SendAllAsync(client, Encoding.Latin1.GetBytes(head));
            (head, rest) = await ReadHeadAsync(upstream, rest);
        }

        if (fault.LosesAnswer)
        {
            return;
        }

        await SendAllAsync(client, Encoding.Latin1.GetBytes(head));
        var buffer = new byte[64 << 10];
        rest.CopyTo(buffer, 0);
        var count = rest.Length;
        do
        {
            var passed = (int)Math.Min(count, (fault.CutDownloadAfter ?? long.MaxValue) - request.BytesDown);
            Corrupt(buffer, request.BytesDown, passed, fault.CorruptDownloadAt);
            await SendAllAsync(client, buffer.AsMemory(0, passed));
            request.CountDown(passed);
            if (request.BytesDown >= fault.CutDownloadAfter)
            {
                return;
            }

            count = await upstream.ReceiveAsync(buffer, _stopping.Token);
        }
        while (count > 0);
    }

    private async Task<(string Head, byte[] After)> ReadHeadAsync(Socket socket, byte[]? before = null)
    {
        var bytes = new List<byte>(before ?? []);
        var buffer = new byte[16 << 10];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                return (text[..(end + 4)], [.. bytes.Skip(end + 4)]);
            }

            var count = await socket.ReceiveAsync(buffer, _stopping.Token);
            bytes.AddRange(count > 0 ? buffer.Take(count) : throw new IOException("The connection ended within a head."));
        }
    }

    private static string WithoutReuse(string head)
    {
        var lines = head.TrimEnd().Split("\r\n").Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
        return string.Join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
    }

    private static void Corrupt(byte[] buffer, long start, int count, long? at)
    {
        if (at - start is { } index && index >= 0 && index < count)
        {
            buffer[index] ^= 0x55;
        }
    }

    private async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, _stopping.Token)..];
        }
    }

    // A server that refused and left does not keep its client from finishing the sentence.
    private async Task TrySendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendAllAsync(socket, bytes);
        }
        catch (SocketException)
        {
            // The answer tells.
        }
    }

    // In order: what was sent arrives before the end does.
    private static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
            socket.Close();
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }
}

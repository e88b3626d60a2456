using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Upstreams;

/// <summary>
/// One connection to a model server: HTTP/1.1, one request at a time. It reads what our own server writes, which always says
/// how long its answer is; anything else is an <see cref="IOException"/>. A general client costs more time here than the prediction.
/// </summary>
internal sealed class UpstreamConnection : IDisposable
{
    private const int FirstBuffer = 2 * 1024;
    private const int LongestHead = 8 * 1024;
    private const int LongestBody = 64 * 1024 * 1024;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[FirstBuffer];

    private UpstreamConnection()
    {
    }

    /// <summary>
    /// Whether any byte of an answer came; until then a server that was restarted looks like this, and the request may be sent again.
    /// </summary>
    public bool Answered { get; private set; }

    /// <summary>Whether the server keeps it open for another request.</summary>
    public bool Reusable { get; private set; }

    /// <summary>Connects to <paramref name="upstream"/>.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<UpstreamConnection> OpenAsync(Upstream upstream, CancellationToken cancellationToken)
    {
        var connection = new UpstreamConnection();
        try
        {
            await connection._socket.ConnectAsync(
                upstream.Host is { } host ? new DnsEndPoint(host, upstream.Port) : new IPEndPoint(IPAddress.Loopback, upstream.Port),
                cancellationToken);
            return connection;
        }
        catch (Exception)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends <paramref name="head"/> (without its last line's end) with <paramref name="body"/>, and gives the answer.</summary>
    /// <exception cref="IOException">The connection ended, or the answer is not one of our server's.</exception>
    public async Task<(int Status, byte[] Body)> AskAsync(string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        (Answered, Reusable) = (false, false);
        await SendAsync(
            string.Create(CultureInfo.InvariantCulture, $"{head}\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n\r\n"), body,
            cancellationToken);
        var filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (filled == LongestHead)
            {
                throw new IOException($"an answer's head is longer than {LongestHead} bytes");
            }

            Room(filled + 1);
            filled += await ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
        }

        var (status, length, kept) = ReadHead(_buffer.AsSpan(0, end + 2));
        var answer = new byte[length];
        var start = end + 4;
        var there = Math.Min(length, filled - start);
        _buffer.AsSpan(start, there).CopyTo(answer);
        while (there < length)
        {
            there += await ReceiveAsync(answer.AsMemory(there), cancellationToken);
        }

        // A kept connection must not keep the memory of the largest request it ever carried.
        _buffer = _buffer.Length > LongestHead * 2 ? new byte[FirstBuffer] : _buffer;
        Reusable = kept && filled <= start + length;
        return (status, answer);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask SendAsync(string head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Room(head.Length + body.Length);
        var length = Encoding.ASCII.GetBytes(head, _buffer);
        body.CopyTo(_buffer.AsMemory(length));
        length += body.Length;
        for (var sent = 0; sent < length;)
        {
            sent += await _socket.SendAsync(_buffer.AsMemory(sent..length), cancellationToken);
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        var received = await _socket.ReceiveAsync(room, cancellationToken);
        Answered |= received > 0;
        return received > 0 ? received : throw new IOException("the connection ended before the answer did");
    }

    private void Room(int length)
    {
        if (_buffer.Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(length, _buffer.Length * 2));
        }
    }

    private static (int Status, int Length, bool Kept) ReadHead(ReadOnlySpan<byte> head)
    {
        int? length = null;
        var kept = true;
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException("the answer is not HTTP/1.1");
        }

        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (Value(line, "content-length:"u8) is { IsEmpty: false } number && Utf8Parser.TryParse(number, out int given, out _))
            {
                length = given;
            }
            else if (Value(line, "connection:"u8) is { IsEmpty: false } connection)
            {
                kept = !Ascii.EqualsIgnoreCase(connection, "close"u8);
            }
        }

        return (
            status,
            length is >= 0 and <= LongestBody
                ? length.Value
                : throw new IOException($"the answer does not say that it is at most {LongestBody} bytes long"),
            kept);
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : default;
}

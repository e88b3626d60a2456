using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>One connection: reads its one request.</summary>
internal sealed class HostWire(Socket socket, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _next;
    private int _end;

    public async Task<HostCall> ReadAsync()
    {
        var line = (await LineAsync()).Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        if (headers.ContainsKey("Expect"))
        {
            await SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        }

        var body = headers.ContainsKey("Transfer-Encoding")
            ? await ChunksAsync()
            : await BytesAsync(Number(headers.GetValueOrDefault("Content-Length", "0"), NumberStyles.None));
        return new(new(line[0], line[1], Encoding.UTF8.GetString(body), headers), headers);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    private async Task<byte[]> ChunksAsync()
    {
        var body = new List<byte>();
        while (Number((await LineAsync()).Split(';')[0], NumberStyles.AllowHexSpecifier) is > 0 and var length)
        {
            body.AddRange(await BytesAsync(length));
            await LineAsync();
        }

        while (await LineAsync() is { Length: > 0 })
        {
            // Trailers say nothing here.
        }

        return [.. body];
    }

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        while (await ByteAsync() is not (byte)'\n' and var value)
        {
            line.Append((char)value);
        }

        return line.ToString().TrimEnd('\r');
    }

    private async Task<byte[]> BytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var index = 0; index < count; index++)
        {
            bytes[index] = await ByteAsync();
        }

        return bytes;
    }

    private async ValueTask<byte> ByteAsync()
    {
        if (_next == _end)
        {
            (_next, _end) = (0, await socket.ReceiveAsync(_buffer, cancellationToken));
        }

        return _end > 0 ? _buffer[_next++] : throw new IOException("The connection ended within a request.");
    }

    private static int Number(string text, NumberStyles style) =>
        int.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : throw new IOException($"'{text}' is no length.");
}

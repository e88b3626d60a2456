using System.Globalization;

namespace MlOpsBuild.TestKit;

/// <summary>A request that came to <see cref="FaultyProxy"/>.</summary>
public sealed class ProxiedRequest
{
    private readonly string _head;
    private long _bytesDown;
    private long _bytesUp;

    internal ProxiedRequest(string head)
    {
        _head = head;
        var parts = head.Split("\r\n")[0].Split(' ');
        (Method, Target) = (parts[0], parts[1]);
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Path and query.</summary>
    public string Target { get; }

    /// <summary>Bytes of its body that came from the client.</summary>
    public long BytesUp => Interlocked.Read(ref _bytesUp);

    /// <summary>Bytes of the answer's body that went to the client.</summary>
    public long BytesDown => Interlocked.Read(ref _bytesDown);

    internal long Length => long.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);

    internal bool WaitsForContinue => Header("Expect") != null;

    /// <summary>A header's value, or null.</summary>
    public string? Header(string name) =>
        _head.Split("\r\n")
            .Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim())
            .FirstOrDefault();

    internal void CountUp(int bytes) => Interlocked.Add(ref _bytesUp, bytes);

    internal void CountDown(int bytes) => Interlocked.Add(ref _bytesDown, bytes);
}

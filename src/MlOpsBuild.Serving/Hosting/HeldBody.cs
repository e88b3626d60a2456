namespace MlOpsBuild.Serving.Hosting;

/// <summary>A body that was read whole; it counts among what a process holds until the request is answered.</summary>
internal sealed class HeldBody : IDisposable
{
    private readonly Action<long> _release;
    private long _bytes;

    public HeldBody(Action<long> release) => _release = release;

    /// <summary>The body.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Counts <paramref name="bytes"/> more.</summary>
    public void Count(int bytes) => _bytes += bytes;

    public void Dispose()
    {
        _release(_bytes);
        _bytes = 0;
    }
}

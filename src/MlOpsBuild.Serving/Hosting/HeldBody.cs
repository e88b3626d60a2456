namespace MlOpsBuild.Serving.Hosting;

/// <summary>A body that was read whole; it counts among what a process holds until the request is answered.</summary>
/// <param name="id">Id of the request; empty where nobody asked for one.</param>
/// <param name="release">Told how many bytes are held no longer.</param>
internal sealed class HeldBody(string id, Action<long> release) : IDisposable
{
    private long _bytes;

    /// <summary>Id of the request.</summary>
    public string Id => id;

    /// <summary>The body.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Counts <paramref name="bytes"/> more.</summary>
    public void Count(int bytes) => _bytes += bytes;

    public void Dispose()
    {
        release(_bytes);
        _bytes = 0;
    }
}

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>The server's side of a connection that is cut when it got some bytes of a request's body.</summary>
internal sealed class CuttingStream(int after) : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span[..(int)Math.Min(buffer.Length, after - Length)]);
        return Length < after ? ValueTask.CompletedTask : throw new IOException("Connection reset by peer");
    }
}

namespace MlOpsBuild.Packaging.Registry.Tests;

/// <summary>An answer's body whose connection is cut after some bytes.</summary>
internal sealed class CutStream(byte[] content, int after) : MemoryStream(content, 0, after)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var count
            ? count
            : throw new HttpIOException(HttpRequestError.ResponseEnded);
}

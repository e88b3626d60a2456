using Microsoft.Win32.SafeHandles;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>Reads a part of an open file; a file that is shorter than it was is a failure, not the end.</summary>
internal sealed class FileSection(SafeFileHandle file, string path, long start, long length) : ForwardStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - _read);
        if (wanted == 0)
        {
            return 0;
        }

        var count = await ReadFileAsync(buffer[..wanted], cancellationToken);
        _read += count;
        return count;
    }

    internal static StageFailedException NotReadable(string path, Exception? problem) => new(
        "The file to push cannot be read",
        [new Finding(
            "MLB3017", "The file to push cannot be read", path, problem?.Message ?? "it became shorter meanwhile",
            "a readable file that does not change", "make the file anew and run again")],
        Verdict.Error,
        problem);

    // A local failure must not look like one of the connection, which would be tried again.
    private async Task<int> ReadFileAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var count = await RandomAccess.ReadAsync(file, buffer, start + _read, cancellationToken);
            return count > 0 ? count : throw NotReadable(path, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, problem);
        }
    }
}

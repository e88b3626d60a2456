using System.Security.Cryptography;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>A file that can be thrown away: sealed by a digest, so that a damaged one is none.</summary>
internal static class CacheFile
{
    /// <summary>The content of the file at <paramref name="path"/>; null where there is none that is whole.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.Exists(path)
                && File.ReadAllBytes(path) is { Length: >= SHA256.HashSizeInBytes } bytes
                && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))
                ? bytes[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file; what cannot be kept is found out again.</summary>
    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            await AtomicFile.WriteAsync(path, (byte[])[.. SHA256.HashData(content), .. content], flush: false, cancellationToken);
        }
        catch (UsageException)
        {
            // A store that cannot be written can still be read.
        }
    }
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>Writes files that are either the old or the new content, never half of one.</summary>
public static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/>: temporary file beside it, flushed to disk, renamed.</summary>
    /// <exception cref="UsageException">The folder cannot be written.</exception>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, flush: true, cancellationToken);

    internal static Task WriteAsync(string path, ReadOnlyMemory<byte> content, bool flush, CancellationToken cancellationToken) =>
        WriteAsync(path, (stream, token) => stream.WriteAsync(content, token).AsTask(), flush, cancellationToken);

    /// <summary>
    /// Replaces <paramref name="path"/> with what <paramref name="write"/> writes; where that throws, nothing is replaced.
    /// </summary>
    internal static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, Task> write, bool flush, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await write(stream, cancellationToken);
                stream.Flush(flushToDisk: flush);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw NotWritable(path, problem);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    internal static UsageException NotWritable(string path, Exception problem) => new(new Finding(
        "MLB4034", "The store cannot be written", path, problem.Message, "a writable folder with free space",
        "give this user write access to the .mlops folder (or free some space) and run again; nothing was changed"));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The leftover is swept by its age; the first problem is the one to tell.
        }
    }
}

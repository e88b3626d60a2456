using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>
/// A lock between processes, held by the operating system on an open file, so that it ends with its owner however the owner
/// ends. The file names the owner and since when, for whoever waits.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static async Task<FileLock> AcquireAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                return Owned(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), time);
            }
            catch (UnauthorizedAccessException problem)
            {
                throw AtomicFile.NotWritable(path, problem);
            }
            catch (IOException problem) when (!File.Exists(path))
            {
                throw AtomicFile.NotWritable(path, problem);
            }
            catch (IOException) when (time.GetElapsedTime(started) < patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException problem)
            {
                throw new StageFailedException(new Finding(
                    "Another build holds the lock", path, problem.Message, $"the lock to be free within {patience.TotalSeconds:0} s",
                    "wait for the other build to end, or end it"));
            }
        }
    }

    /// <summary>Who holds the lock at <paramref name="path"/> now, in words; null when it is free.</summary>
    public static string? HolderOf(string path)
    {
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem.Message;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static FileLock Owned(FileStream stream, TimeProvider time)
    {
        try
        {
            stream.SetLength(0);
            stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"pid {Environment.ProcessId} since {time.GetUtcNow():O}\n")));
            stream.Flush();
        }
        catch (IOException)
        {
            // A full disk keeps the owner's name from being written, not the lock from being held.
        }

        return new(stream);
    }
}

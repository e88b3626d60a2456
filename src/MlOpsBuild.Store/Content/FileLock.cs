using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Content;

/// <summary>
/// A lock between processes, held by the operating system on an open file, so that it ends with its owner however the owner
/// ends. The file names the owner and since when, for whoever waits.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int Again = 11;
    private const int AgainOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _stream;

    private FileLock(FileStream stream) => _stream = stream;

    public static async Task<FileLock> AcquireAsync(
        string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken, IProgress<string>? progress = null)
    {
        var (started, told) = (time.GetTimestamp(), false);
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
            catch (IOException problem) when (!File.Exists(path) || !IsHeld(problem))
            {
                throw AtomicFile.NotWritable(path, problem);
            }
            catch (IOException) when (time.GetElapsedTime(started) < patience)
            {
                if (!told)
                {
                    told = true;
                    progress?.Report($"waiting for {OwnerOf(path)}, at most {patience.TotalSeconds:0} s");
                }

                await Task.Delay(Pause, cancellationToken);
            }
            catch (IOException)
            {
                throw new StageFailedException(new Finding(
                    "MLB4038", "Another build holds the lock", path, OwnerOf(path),
                    $"the lock to be free within {patience.TotalSeconds:0} s",
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
            return OwnerOf(path);
        }
    }

    public void Dispose() => _stream.Dispose();

    // A disk that is read-only or full is none of another build's doing.
    private static bool IsHeld(IOException problem) => problem.HResult is Again or AgainOnMac or SharingViolation or LockViolation;

    // The locked file itself cannot be read by others.
    private static string OwnerFile(string path) => path + ".owner";

    private static string OwnerOf(string path)
    {
        try
        {
            return File.ReadAllText(OwnerFile(path)).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "another build";
        }
    }

    private static FileLock Owned(FileStream stream, TimeProvider time)
    {
        try
        {
            File.WriteAllText(OwnerFile(stream.Name), string.Create(
                CultureInfo.InvariantCulture,
                $"process {Environment.ProcessId} of {Environment.UserName} since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC\n"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A full disk keeps the owner's name from being written, not the lock from being held.
        }

        return new(stream);
    }
}

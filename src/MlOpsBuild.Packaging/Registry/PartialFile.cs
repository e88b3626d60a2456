using System.Security.Cryptography;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Registry;

/// <summary>A file that grows beside its target and takes the target's place when it is complete; otherwise it vanishes.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _stream;
    private readonly string _target;
    private readonly string _temporary;

    private PartialFile(string target, string temporary, FileStream stream) => (_target, _temporary, _stream) = (target, temporary, stream);

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a file for <paramref name="target"/>, whose folder is made where it is missing.</summary>
    /// <exception cref="StageFailedException">The folder cannot be written.</exception>
    public static PartialFile Beside(string target)
    {
        var temporary = $"{target}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        return Locally(target, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return new PartialFile(
                target, temporary,
                new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous));
        });
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_target, problem);
        }

        _hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Forgets what arrived.</summary>
    public void Restart() => Locally(_target, () =>
    {
        _stream.SetLength(0);
        _stream.Position = 0;
        _hash.GetHashAndReset();
        return Length = 0;
    });

    /// <summary>Digest of what arrived.</summary>
    public Digest Sum() => Digest.Parse("sha256:" + Convert.ToHexStringLower(_hash.GetCurrentHash()));

    /// <summary>Puts what arrived, flushed to disk, in the target's place.</summary>
    public void Commit() => Locally(_target, () =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        return true;
    });

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The leftover is swept by its age; the first problem is the one to tell.
        }
    }

    private static T Locally<T>(string target, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(target, problem);
        }
    }

    private static StageFailedException NotWritable(string target, Exception problem) => new(
        "The pulled blob cannot be written",
        [new Finding(
            "MLB3018", "The pulled blob cannot be written", target, problem.Message, "a writable folder with free space",
            "free some space or give this user write access, and run again; nothing was left behind")],
        Verdict.Error,
        problem);
}

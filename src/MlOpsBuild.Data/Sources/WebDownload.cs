using System.Security.Cryptography;
using MlOpsBuild.Core;
using static System.FormattableString;

namespace MlOpsBuild.Data.Sources;

/// <summary>Loads a file of the web once; what has another digest than the one that is pinned is never kept.</summary>
public static class WebDownload
{
    private const int BytesBetweenReports = 1 << 24;

    /// <summary>The file, from <paramref name="folder"/> where it is there already.</summary>
    /// <param name="file">Where it is and what it holds.</param>
    /// <param name="client">Asks for it.</param>
    /// <param name="folder">Keeps files by digest.</param>
    /// <param name="progress">Hears of long work.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UsageException">The declaration is no web address with a digest.</exception>
    /// <exception cref="StageFailedException">It cannot be loaded, or holds something else.</exception>
    public static async Task<Artifact> LoadAsync(
        WebFile file, HttpClient client, string folder, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (file.Address.Scheme is not ("http" or "https")
            || !Digest.TryParse("sha256:" + file.Sha256.ToLowerInvariant(), out var expected))
        {
            throw new UsageException(new Finding(
                "MLB1063", "No file of the web", file.Address.ToString(), file.Sha256,
                "an address of http or https, and the 64 hexadecimal digits of the file's SHA-256", "correct DataSource.Http"));
        }

        var path = Path.Combine(folder, expected.Hex, file.Name);
        if (File.Exists(path) && await DigestOfAsync(path, cancellationToken) == expected)
        {
            return new(expected, path);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            var found = await CopyAsync(file, client, temporary, progress, cancellationToken);
            if (found != expected)
            {
                throw new StageFailedException(new(
                    "MLB1064", "The file of the web has another content", file.Address.ToString(), $"SHA-256 {found.Hex}", expected.Hex,
                    "look at what changed there, and pin the new digest if it is right"));
            }

            File.Move(temporary, path, overwrite: true);
            return new(expected, path);
        }
        catch (Exception problem)
            when (problem is HttpRequestException or IOException or (TaskCanceledException and { InnerException: TimeoutException }))
        {
            throw new StageFailedException(new(
                "MLB1065", "The file of the web could not be loaded", file.Address.ToString(),
                problem.Message.Length > 200 ? problem.Message[..200] : problem.Message, "an answer",
                $"load it elsewhere and give it with --data FILE, or copy it to {path}"));
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<Digest> DigestOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return await Digest.OfAsync(stream, cancellationToken);
    }

    private static async Task<Digest> CopyAsync(
        WebFile file, HttpClient client, string path, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(file.Address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, loaded, told) = (new byte[1 << 16], 0L, 0L);
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            loaded += count;
            if (loaded - told >= BytesBetweenReports)
            {
                told = loaded;
                progress.Report(Invariant(
                    $"{file.Name}: {loaded >> 20} MiB{(answer.Content.Headers.ContentLength is { } length ? Invariant($" of {length >> 20}") : "")}"));
            }
        }

        target.Flush(flushToDisk: true);
        return Digest.Parse("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Programs;

/// <summary>
/// Build programs that deployed something, by digest, so that a machine with nothing but the team's state rolls back with the program
/// that deployed and not with whatever is checked out there.
/// </summary>
public sealed class ProgramStore
{
    private const string Stamp = "inputs.txt";
    private const string EntryEnding = ".runtimeconfig.json";
    private readonly string _folder;
    private readonly ContentStore _blobs;

    internal ProgramStore(string folder, ContentStore blobs)
    {
        _folder = folder;
        _blobs = blobs;
    }

    /// <summary>The digest of the program in <paramref name="folder"/>, without keeping it; null when there is no program.</summary>
    public static async Task<Digest?> DigestOfAsync(string folder, CancellationToken cancellationToken) =>
        await DescribeAsync(folder, cancellationToken) is { } program ? Digest.Of(CanonicalJson.Serialize(program)) : null;

    /// <summary>Whether the program is known, here or by the team.</summary>
    public bool Knows(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Keeps the program in <paramref name="folder"/>; null when there is no program.</summary>
    public async Task<Digest?> KeepAsync(string folder, CancellationToken cancellationToken)
    {
        if (await DescribeAsync(folder, cancellationToken) is not { } program)
        {
            return null;
        }

        var fact = CanonicalJson.Serialize(program);
        var digest = Digest.Of(fact);
        if (!File.Exists(PathOf(digest)))
        {
            foreach (var file in program.Files.Keys)
            {
                await _blobs.PutFileAsync(Path.Combine(folder, file), cancellationToken);
            }

            await AtomicFile.WriteAsync(PathOf(digest), fact, cancellationToken);
        }

        return digest;
    }

    /// <summary>Puts the program <paramref name="digest"/> into a folder of its own, fetched from the team if need be; the assembly to start.</summary>
    /// <exception cref="StageFailedException">It is not known, or not all of it can be had.</exception>
    public async Task<string> RestoreAsync(Digest digest, CancellationToken cancellationToken)
    {
        var program = await ReadAsync(digest, cancellationToken);
        var target = Path.Combine(_folder, digest.Hex);
        if (!Directory.Exists(target))
        {
            var temporary = $"{target}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
            foreach (var (file, content) in program.Files)
            {
                var path = Path.GetFullPath(Path.Combine(temporary, file));
                if (!path.StartsWith(temporary + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    throw new StageFailedException(new Finding("A kept program names a file outside its folder", PathOf(digest), file, "a path below the program's folder", "somebody changed the shared state; look at its history"));
                }

                await AtomicFile.WriteAsync(path, await _blobs.ReadAsync(content, cancellationToken), flush: false, cancellationToken);
            }

            AtomicFolder.Commit(temporary, target);
        }

        if (!program.Files.ContainsKey(program.Entry))
        {
            throw new StageFailedException(new Finding("A kept program starts with a file that is none of its own", PathOf(digest), program.Entry, "one of its files", "somebody changed the shared state; look at its history"));
        }

        return Path.Combine(target, program.Entry);
    }

    private async Task<KeptProgram> ReadAsync(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        var content = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
        if (content == null || Digest.Of(content) != digest)
        {
            throw new StageFailedException(new Finding(
                content == null ? "The program that deployed is not known here" : "The record of the program that deployed was changed", path, content == null ? null : Digest.Of(content).ToString(), digest.ToString(), "run ./build.sh Sync, or roll back from the machine that deployed"));
        }

        return CanonicalJson.Deserialize<KeptProgram>(content);
    }

    private static async Task<KeptProgram?> DescribeAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*" + EntryEnding) is not [var entry])
        {
            return null;
        }

        var files = new SortedDictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != Stamp))
        {
            await using var stream = File.OpenRead(file);
            files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = await Digest.OfAsync(stream, cancellationToken);
        }

        return new(Path.GetFileName(entry)[..^EntryEnding.Length] + ".dll", files);
    }

    private string PathOf(Digest digest) => Path.Combine(_folder, digest.Hex + ".json");
}

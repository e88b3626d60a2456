using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Data.Sources.Dvc;

namespace MlOpsBuild.Data.Sources;

/// <summary>Finds and hashes the files of a pattern.</summary>
public static class SourceFiles
{
    /// <summary>The files of <paramref name="source"/> with their digests, in natural order; none for a source without a pattern.</summary>
    /// <param name="source">Which files.</param>
    /// <param name="root">What relative patterns are relative to.</param>
    /// <param name="digests">Knows files that were read before.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UsageException">No file matches, or what matches is no regular file; all of them at once.</exception>
    public static async Task<IReadOnlyList<Artifact>> FindAsync(
        DataSource source, string root, FileDigests digests, CancellationToken cancellationToken)
    {
        var found = source.Pattern is { } pattern ? await LocateAsync(pattern, root, cancellationToken) : [];
        var files = await digests.OfAllAsync([.. found.Select(file => file.Path)], cancellationToken);
        return [.. files.Zip(found, (file, source) => file with { Name = source.Name })];
    }

    /// <summary>The files that match <paramref name="pattern"/>, in natural order; of a pointer of DVC the files that it names.</summary>
    /// <exception cref="UsageException">No file matches, or what matches is no regular file; all of them at once.</exception>
    /// <exception cref="StageFailedException">A file is not the one that DVC names.</exception>
    public static async Task<IReadOnlyList<SourceFile>> LocateAsync(string pattern, string root, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(pattern, root);
        if (full.AsSpan().IndexOfAny('*', '?') < 0 && DvcPointer.Parse(full) is { } pointer)
        {
            return Regular(
                await DvcFiles.OfAsync(await DvcPointer.ReadAsync(pointer.File, pointer.Output, cancellationToken), cancellationToken));
        }

        var paths = Match(full);
        if (paths.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB1055", "Data file not found", full, null, "an existing file, or a pattern that matches some",
                "correct the path; without --data a pipeline reads its own source"));
        }

        return Regular([.. paths.Select(SourceFile.At)]);
    }

    private static IReadOnlyList<SourceFile> Regular(IReadOnlyList<SourceFile> files)
    {
        var irregular = files.AsParallel()
            .AsOrdered()
            .Select(file => file.Path)
            .Where(path => FileStamp.TryOf(path) is not { Bytes: > 0 })
            .Select(Problem)
            .OfType<Finding>()
            .ToList();
        return irregular.Count == 0 ? files : throw new UsageException("Data has to be in regular files", irregular);
    }

    private static IReadOnlyList<string> Match(string full)
    {
        try
        {
            return FilePattern.Match(full);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new UsageException(new Finding(
                "MLB1060", "A folder may not be read", full, problem.Message, "folders that this user may read",
                "give this user the right to read it, or name the files more closely"));
        }
    }

    // What is read twice, once for its key and once for the snapshot, must be the same twice. Pipes and devices have no length;
    // opening one might wait for ever.
    private static Finding? Problem(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true) ?? (FileSystemInfo)new FileInfo(path);
        return Directory.Exists(target.FullName)
            ? new("MLB1061", "Not a regular file", path, "a folder", "a file", "name the files of the folder, for example FOLDER/*.csv")
            : target is not FileInfo { Exists: true } file
                ? new("MLB1055", "Data file not found", path, null, "an existing file", "correct the link")
            : file.Length == 0 ? new(
                "MLB1062", "Empty, or not a regular file", path, "no bytes", "a file that can be read twice",
                "write the rows to a file, and check the export that made it")
            : null;
    }
}

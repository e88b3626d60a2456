using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Sources.Dvc;

/// <summary>
/// The files of an output: those in its place, and where it is not in its place those of the cache. Every one is read and must have the
/// digest that the pointer names; a file in its place with another content is told and never passed over.
/// </summary>
internal static class DvcFiles
{
    /// <summary>The files, in natural order.</summary>
    /// <exception cref="StageFailedException">Some are not here, or are not what the pointer names; all of them at once.</exception>
    public static async Task<IReadOnlyList<SourceFile>> OfAsync(DvcOutput output, CancellationToken cancellationToken)
    {
        var (findings, cache) = (new FindingCollector(), DvcCache.Above(Path.GetDirectoryName(output.Path)!));
        var expected = output.IsFolder ? await ListedAsync(output, cache, findings, cancellationToken) : [output];
        var files = new List<SourceFile>();
        foreach (var file in expected.OrderBy(file => file.Path, NaturalOrder.Instance))
        {
            if (await FindAsync(file, cache, findings, cancellationToken) is { } path)
            {
                files.Add(new(path, Path.GetFileName(file.Path)));
            }
        }

        return findings.Any
            ? throw new StageFailedException("The data are not those that DVC names", findings.ToList(), Verdict.Error)
            : files;
    }

    private static async Task<string?> FindAsync(
        DvcOutput file, DvcCache cache, FindingCollector findings, CancellationToken cancellationToken)
    {
        var path = File.Exists(file.Path) ? file.Path : cache.Find(file.Md5);
        if (path == null)
        {
            findings.Add(null, new(
                "MLB1049", "A file that DVC names is not here", file.Path, null, $"in its place, or {file.Md5} in DVC's cache",
                "dvc pull"));
            return null;
        }

        if (await IsAsync(path, file, cancellationToken))
        {
            return path;
        }

        findings.Add(null, path == file.Path
            ? new(
                "MLB1050", "The file is not the one that DVC names", path, await DvcDigest.OfFileAsync(path, cancellationToken), file.Md5,
                "dvc checkout brings it back; dvc add keeps the change")
            : new(
                "MLB1051", "A file of DVC's cache is damaged", path, await DvcDigest.OfFileAsync(path, cancellationToken), file.Md5,
                "delete it, and dvc pull"));
        return null;
    }

    private static async Task<bool> IsAsync(string path, DvcOutput file, CancellationToken cancellationToken) =>
        await DvcDigest.OfFileAsync(path, cancellationToken) == file.Md5
            || (file.IsOld && await DvcDigest.OfTextAsync(path, cancellationToken) == file.Md5);

    // A folder in its place is listed anew, so that a file too many or too few is seen.
    private static async Task<IReadOnlyList<DvcOutput>> ListedAsync(
        DvcOutput folder, DvcCache cache, FindingCollector findings, CancellationToken cancellationToken)
    {
        var list = cache.Find(folder.Md5);
        var content = list == null ? null : await File.ReadAllBytesAsync(list, cancellationToken);
        var known = content != null && DvcDigest.Of(content) + ".dir" == folder.Md5 ? DvcListing.Read(content) : null;
        if (content != null && known == null)
        {
            findings.Add(
                null,
                new("MLB1051", "A file of DVC's cache is damaged", list, DvcDigest.Of(content), folder.Md5, "delete it, and dvc pull"));
            return [];
        }

        if (!Directory.Exists(folder.Path))
        {
            if (known == null)
            {
                findings.Add(null, new(
                    "MLB1052", "A folder that DVC names is not here", folder.Path, null, $"in its place, or {folder.Md5} in DVC's cache",
                    "dvc pull"));
            }

            return [.. known?.Select(entry => Output(folder, entry)) ?? []];
        }

        var paths = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Path, path).Replace(Path.DirectorySeparatorChar, '/'))
            .ToHashSet();
        if (known != null)
        {
            foreach (var extra in paths.Except(known.Select(entry => entry.Path)).Order(NaturalOrder.Instance))
            {
                findings.Add(null, new(
                    "MLB1053", "A file that DVC does not name", Path.Combine(folder.Path, extra), null, $"the files of {folder.Md5}",
                    "take it away, or keep it with dvc add"));
            }

            return [.. known.Select(entry => Output(folder, entry))];
        }

        return await FoundAsync(folder, paths, findings, cancellationToken);
    }

    // Without the list, the folder as a whole must be the one that is named.
    private static async Task<IReadOnlyList<DvcOutput>> FoundAsync(
        DvcOutput folder, IEnumerable<string> paths, FindingCollector findings, CancellationToken cancellationToken)
    {
        foreach (var old in folder.IsOld ? (bool[])[false, true] : [false])
        {
            var found = new List<DvcListing.Entry>();
            foreach (var path in paths)
            {
                var full = Path.Combine(folder.Path, path);
                found.Add(new(
                    old ? await DvcDigest.OfTextAsync(full, cancellationToken) : await DvcDigest.OfFileAsync(full, cancellationToken),
                    path));
            }

            if (DvcDigest.Of(DvcListing.Write(found)) + ".dir" == folder.Md5)
            {
                return [.. found.Select(entry => Output(folder, entry))];
            }
        }

        findings.Add(null, new(
            "MLB1054", "The folder is not the one that DVC names", folder.Path, null, folder.Md5,
            "dvc checkout brings it back; dvc add keeps the change"));
        return [];
    }

    private static DvcOutput Output(DvcOutput folder, DvcListing.Entry entry) =>
        new(Path.Combine(folder.Path, entry.Path), entry.Path, entry.Md5, folder.IsOld);
}

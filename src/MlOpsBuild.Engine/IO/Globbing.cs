namespace MlOpsBuild.Engine.IO;

/// <summary>Finds files and folders by pattern: <c>*</c>, <c>?</c>, <c>**</c>, <c>{a,b}</c>. Links to folders are not followed.</summary>
public static class Globbing
{
    private static readonly EnumerationOptions Here = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>The files below <paramref name="directory"/> that match any of the patterns, in order.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobFiles(this AbsolutePath directory, params string[] patterns) =>
        Find(directory, patterns, folders: false);

    /// <summary>The folders below <paramref name="directory"/> that match any of the patterns, in order.</summary>
    public static IReadOnlyCollection<AbsolutePath> GlobDirectories(this AbsolutePath directory, params string[] patterns) =>
        Find(directory, patterns, folders: true);

    private static AbsolutePath[] Find(AbsolutePath directory, string[] patterns, bool folders)
    {
        var wanted = patterns.Select(pattern => new GlobPattern(pattern.Replace('\\', '/').TrimStart('/'))).ToList();
        return !Directory.Exists(directory) ? [] :
        [
            .. Below(new(directory)).Where(entry => entry is DirectoryInfo == folders)
                .Where(entry => Path.GetRelativePath(directory, entry.FullName).Replace('\\', '/') is var relative
                    && wanted.Exists(pattern => pattern.Matches(relative)))
                .Select(entry => entry.FullName).Order(StringComparer.Ordinal).Select(AbsolutePath.Create),
        ];
    }

    private static IEnumerable<FileSystemInfo> Below(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", Here))
        {
            yield return entry;
            foreach (var inner in entry is DirectoryInfo { LinkTarget: null } next ? Below(next) : [])
            {
                yield return inner;
            }
        }
    }
}

using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace MlOpsBuild.Data.Sources;

/// <summary>Finds the files of a pattern.</summary>
internal static class FilePattern
{
    /// <summary>The paths that match, in natural order.</summary>
    public static IReadOnlyList<string> Match(string full)
    {
        if (!full.AsSpan().ContainsAny('*', '?'))
        {
            return Path.Exists(full) ? [full] : [];
        }

        // Folders before the first wildcard are taken as they are.
        var wildcard = full.AsSpan().IndexOfAny('*', '?');
        var folder = full[..full.LastIndexOf(Path.DirectorySeparatorChar, wildcard)];
        folder = folder.Length == 0 ? Path.GetPathRoot(full)! : folder;
        var pattern = Path.GetRelativePath(folder, full);
        return Directory.Exists(folder) ? [.. Names(folder, pattern).Order(NaturalOrder.Instance)] : [];
    }

    // The library knows no question mark.
    private static IEnumerable<string> Names(string folder, string pattern)
    {
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(pattern.Replace('?', '*'));
        var found = matcher.Execute(new DirectoryInfoWrapper(new(folder))).Files.Select(file => Path.Combine(folder, file.Path));
        return pattern.Contains('?', StringComparison.Ordinal)
            ? found.Where(path => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), Path.GetFileName(path), ignoreCase: false))
            : found;
    }
}

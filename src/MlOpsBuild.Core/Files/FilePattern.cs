using System.IO.Enumeration;

namespace MlOpsBuild.Core.Files;

/// <summary>
/// Finds the files of a pattern: <c>*</c> and <c>?</c> stand for parts of a name, <c>**</c> for any folders, links to folders left out.
/// </summary>
public static class FilePattern
{
    private const string AnyFolders = "**";

    // Everything is shown, and what may not be read is told.
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The paths that match, in natural order.</summary>
    /// <param name="full">A full path, or a pattern that begins as one.</param>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be read.</exception>
    public static IReadOnlyList<string> Match(string full)
    {
        var wildcard = full.AsSpan().IndexOfAny('*', '?');
        if (wildcard < 0)
        {
            return Path.Exists(full) ? [full] : [];
        }

        // Folders before the first wildcard are taken as they are.
        var start = full.LastIndexOf(Path.DirectorySeparatorChar, wildcard);
        var folder = start == 0 ? Path.GetPathRoot(full)! : full[..start];

        // With two **, a file may be found on two ways.
        var found = Directory.Exists(folder)
            ? Below(folder, full[(start + 1)..].Split(Path.DirectorySeparatorChar)).Distinct().ToList()
            : [];
        found.Sort(NaturalOrder.Instance);
        return found;
    }

    private static IEnumerable<string> Below(string folder, ArraySegment<string> parts) =>
        parts is [AnyFolders, AnyFolders, ..] ? Below(folder, parts[1..])
        : parts is [AnyFolders] ? Below(folder, (string[])[AnyFolders, "*"])
        : parts is [AnyFolders, ..]
            ? Below(folder, parts[1..]).Concat(Folders(folder, "*").Where(IsNoLink).SelectMany(inner => Below(inner, parts)))
        : parts.Count > 1 ? Folders(folder, parts[0]).SelectMany(inner => Below(inner, parts[1..]))
        : Entries(folder, parts[0], folders: false);

    private static FileSystemEnumerable<string> Folders(string folder, string name) => Entries(folder, name, folders: true);

    // A circle of links would never end.
    private static bool IsNoLink(string folder) => new DirectoryInfo(folder).LinkTarget == null;

    private static FileSystemEnumerable<string> Entries(string folder, string name, bool folders) =>
        new(folder, (ref entry) => entry.ToFullPath(), All)
        {
            ShouldIncludePredicate = (ref entry) => entry.IsDirectory == folders
                && FileSystemName.MatchesSimpleExpression(name, entry.FileName, ignoreCase: false),
        };
}

using System.IO.Enumeration;
using System.Security.Cryptography;

namespace MlOpsBuild.Engine.Startup;

/// <summary>A file that a program was made from, as its folder tells of it: one look, and no object of the file system.</summary>
/// <param name="Root">The repository.</param>
/// <param name="Path">Its path in <paramref name="Root"/>, with slashes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Ticks">When it was last written (UTC).</param>
internal sealed record ProgramInput(string Root, string Path, long Length, long Ticks)
{
    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true };

    /// <summary>The file called <paramref name="path"/>; null where there is none.</summary>
    public static ProgramInput? Find(string root, string path)
    {
        var file = new FileInfo(System.IO.Path.Combine(root, path));
        return file.Exists ? new(root, path, file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

    /// <summary>Files below <paramref name="folder"/> with one of <paramref name="extensions"/>, but what compilers put there.</summary>
    public static IEnumerable<ProgramInput> Below(string root, string folder, IReadOnlyCollection<string> extensions)
    {
        var (top, before) = (System.IO.Path.Combine(root, folder), root.TrimEnd('/', '\\').Length + 1);
        return !Directory.Exists(top) ? []
            : new FileSystemEnumerable<ProgramInput>(
                top,
                (ref entry) => new(
                    root, entry.ToFullPath()[before..].Replace('\\', '/'), entry.Length,
                    entry.LastWriteTimeUtc.UtcTicks),
                Deep)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && Has(entry.FileName, extensions),
                ShouldRecursePredicate = (ref entry) => entry.FileName is not ("bin" or "obj"),
            };
    }

    /// <summary>The digest of what is in it.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(Root, Path))));

    private static bool Has(ReadOnlySpan<char> name, IReadOnlyCollection<string> extensions)
    {
        var extension = System.IO.Path.GetExtension(name);
        foreach (var known in extensions)
        {
            if (extension.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}

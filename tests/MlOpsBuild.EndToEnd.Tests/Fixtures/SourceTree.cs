using System.Security.Cryptography;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>The files that a commit would hold: everything outside <c>.mlops</c> and <c>.nuke/temp</c>.</summary>
internal static class SourceTree
{
    private static readonly string[] Ignored = [".mlops/", ".nuke/temp/"];

    /// <summary>Path and digest of each.</summary>
    public static IReadOnlyList<string> List(string root) =>
    [
        .. Directory.GetFileSystemEntries(root, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path)))
            .Where(entry => !Ignored.Any(ignored => (entry.Name + "/").StartsWith(ignored, StringComparison.Ordinal)))
            .Select(entry => File.Exists(entry.Path)
                ? $"{entry.Name} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(entry.Path)))}"
                : entry.Name + "/")
            .Order(StringComparer.Ordinal),
    ];
}

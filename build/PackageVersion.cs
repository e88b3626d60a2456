using System.Security.Cryptography;
using System.Text;
using MlOpsBuild.Components.Session;

/// <summary>
/// The version of packages: a commit has its own, and so has whatever was not committed. NuGet takes a version that it
/// has seen for the same for ever.
/// </summary>
internal static class PackageVersion
{
    private const string Series = "0.1";

    /// <summary>The version of what is here; <c>0.1.0</c> where git does not know this folder.</summary>
    public static async Task<string> OfAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (await GitCommand.AskAsync(session, cancellationToken, "rev-list", "--count", "HEAD") is not { } count)
        {
            return $"{Series}.0";
        }

        var changed = await GitCommand.AskAsync(session, cancellationToken, "status", "--porcelain", "--untracked-files=all", "-z") ?? "";
        return changed.Length == 0
            ? $"{Series}.{count}"
            : $"{Series}.{count}-local.{await DigestAsync(session, changed, cancellationToken)}";
    }

    // Of all that differs from the commit: names, and what stands in the files now.
    private static async Task<string> DigestAsync(RunSession session, string changed, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(changed));
        foreach (var path in changed.Split('\0')
            .Where(line => line.Length > 3)
            .Select(line => Path.Combine(session.Root, line[3..]))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal))
        {
            digest.AppendData(await File.ReadAllBytesAsync(path, cancellationToken));
        }

        return "x" + Convert.ToHexStringLower(digest.GetHashAndReset())[..10];
    }
}

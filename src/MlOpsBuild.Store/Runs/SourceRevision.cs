namespace MlOpsBuild.Store.Runs;

/// <summary>Where the code stood.</summary>
/// <param name="Commit">Full commit id.</param>
/// <param name="Branch">Branch name, or null when detached.</param>
/// <param name="Dirty">Whether tracked files differed from the commit; null when not asked.</param>
public sealed record SourceRevision(string Commit, string? Branch, bool? Dirty = null)
{
    /// <summary>Reads commit and branch from the <c>.git</c> folder of <paramref name="root"/> without starting git; null when there is none.</summary>
    public static SourceRevision? Read(string root)
    {
        var git = Path.Combine(root, ".git");
        if (File.Exists(git) && File.ReadAllText(git) is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var linked])
        {
            git = Path.GetFullPath(linked.Trim(), root);
        }

        var head = Path.Combine(git, "HEAD");
        if (!File.Exists(head))
        {
            return null;
        }

        var text = File.ReadAllText(head).Trim();
        const string Prefix = "ref: ";
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return new(text, null);
        }

        var reference = text[Prefix.Length..];
        var branch = reference[(reference.IndexOf('/', reference.IndexOf('/', StringComparison.Ordinal) + 1) + 1)..];
        return Resolve(git, reference) is { } commit ? new(commit, branch) : null;
    }

    private static string? Resolve(string git, string reference)
    {
        var common = File.Exists(Path.Combine(git, "commondir")) ? Path.GetFullPath(File.ReadAllText(Path.Combine(git, "commondir")).Trim(), git) : git;
        var loose = Path.Combine(common, reference);
        if (File.Exists(loose))
        {
            return File.ReadAllText(loose).Trim();
        }

        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }
}

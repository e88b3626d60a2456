using MlOpsBuild.Engine.IO;

namespace MlOpsBuild.Engine.Git;

/// <summary>The files of a repository, or of one of its worktrees.</summary>
internal sealed record GitFolder(AbsolutePath Top, string Own, string Common)
{
    private const string Reference = "ref: ";

    /// <summary>The reference that is checked out; null when a commit is.</summary>
    public string? Head => HeadText is { } text && text.StartsWith(Reference, StringComparison.Ordinal) ? text[Reference.Length..] : null;

    /// <summary>The commit that is checked out.</summary>
    public string? Commit => Head is { } reference ? Resolve(reference) : HeadText;

    /// <summary>The first address of <c>origin</c>.</summary>
    public string? OriginUrl => Read(Path.Combine(Common, "config"))
        ?.Split('\n')
        .Select(line => line.Trim())
        .SkipWhile(line => line != "[remote \"origin\"]")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith('['))
        .Select(line => line.Split('=', 2))
        .FirstOrDefault(pair => pair[0].Trim() == "url" && pair.Length == 2)?[1]
        .Trim();

    private string? HeadText => Read(Path.Combine(Own, "HEAD"));

    /// <summary>The nearest one at or above <paramref name="directory"/>; null where there is none.</summary>
    public static GitFolder? Of(AbsolutePath directory)
    {
        for (var folder = new DirectoryInfo(directory); folder != null; folder = folder.Parent)
        {
            var git = Path.Combine(folder.FullName, ".git");
            const string Link = "gitdir:";
            var own = Directory.Exists(git) ? git
                : Read(git) is { } text && text.StartsWith(Link, StringComparison.Ordinal)
                    ? Path.GetFullPath(text[Link.Length..].Trim(), folder.FullName)
                : null;
            if (own != null)
            {
                return new(folder.FullName, own, Read(Path.Combine(own, "commondir")) is { } common ? Path.GetFullPath(common, own) : own);
            }
        }

        return null;
    }

    private string? Resolve(string reference) => Read(Path.Combine(Common, reference))
        ?? Read(Path.Combine(Common, "packed-refs"))
            ?.Split('\n')
            .FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))
            ?.Split(' ')[0];

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}

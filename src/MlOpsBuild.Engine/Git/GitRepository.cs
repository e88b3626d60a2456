using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;

namespace MlOpsBuild.Engine.Git;

/// <summary>What builds ask of the repository they run in; read from its files, without starting git.</summary>
public sealed class GitRepository
{
    private GitRepository(AbsolutePath folder, string? head, string? commit, string? url)
    {
        (LocalDirectory, Head, Commit) = (folder, head, commit);
        (Endpoint, Identifier) = RemoteOf(url);
    }

    /// <summary>The top of the working tree.</summary>
    public AbsolutePath LocalDirectory { get; }

    /// <summary>The reference that is checked out, for example <c>refs/heads/main</c>; null when none is.</summary>
    public string? Head { get; }

    /// <summary>The commit that is checked out; null before the first one.</summary>
    public string? Commit { get; }

    /// <summary>The host of <c>origin</c>; null without one.</summary>
    public string? Endpoint { get; }

    /// <summary>Owner and name at <c>origin</c>, for example <c>owner/name</c>; null without one.</summary>
    public string? Identifier { get; }

    /// <summary>
    /// The branch: the one that is checked out, else the one that the build server says it builds; null when neither is known.
    /// </summary>
    public string? Branch { get; private init; }

    /// <summary>The address of <c>origin</c> by https.</summary>
    public string? HttpsUrl => Endpoint == null ? null : $"https://{Endpoint}/{Identifier}.git";

    /// <summary>The address of <c>origin</c> by ssh.</summary>
    public string? SshUrl => Endpoint == null ? null : $"git@{Endpoint}:{Identifier}.git";

    /// <summary>The repository that <paramref name="directory"/> lies in.</summary>
    /// <exception cref="ArgumentException">It lies in none.</exception>
    public static GitRepository FromLocalDirectory(AbsolutePath directory)
    {
        var folder = GitFolder.Of(directory) ?? throw new ArgumentException($"'{directory}' lies in no git repository.", nameof(directory));
        const string Branches = "refs/heads/";
        var head = folder.Head;
        return new(folder.Top, head, folder.Commit, folder.OriginUrl)
        {
            Branch = head?.StartsWith(Branches, StringComparison.Ordinal) == true ? head[Branches.Length..]
                : (RunState.CurrentOrNone?.Host as CI.IBuildServer)?.Branch is { Length: > 0 } said ? said
                : null,
        };
    }

    /// <summary>The address of <c>origin</c>, else the working tree.</summary>
    public override string ToString() => HttpsUrl ?? LocalDirectory;

    // https://host/owner/name.git, ssh://git@host:22/owner/name.git, git@host:owner/name.git
    private static (string? Endpoint, string? Identifier) RemoteOf(string? url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { IsFile: false, Host.Length: > 0 })
        {
            return (address.Host, Named(address.AbsolutePath));
        }

        var colon = url?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon < 1 || url![..colon].Contains('/', StringComparison.Ordinal)
            ? (null, null)
            : (url[(url.IndexOf('@', StringComparison.Ordinal) + 1)..colon], Named(url[(colon + 1)..]));
    }

    private static string Named(string path) =>
        path.Trim('/') is var name && name.EndsWith(".git", StringComparison.Ordinal) ? name[..^".git".Length] : name;
}

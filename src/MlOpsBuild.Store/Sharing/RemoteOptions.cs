using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Where the team's state is and how it is used.</summary>
public sealed record RemoteOptions
{
    /// <summary>The default branch.</summary>
    public const string DefaultBranch = "mlops/state";

    /// <summary>The default of <see cref="BlobLimit"/>: 1 MiB.</summary>
    public const long DefaultBlobLimit = 1 << 20;

    /// <summary>The repository.</summary>
    public required RemoteAddress Address { get; init; }

    /// <summary>The branch; made when it does not exist.</summary>
    public string Branch { get; init; } = DefaultBranch;

    /// <summary>Why nothing is written to the remote; null lets the build write.</summary>
    public string? ReadOnly { get; init; }

    /// <summary>Largest blob that travels on the branch, in bytes; 1 MiB by default.</summary>
    public long BlobLimit { get; init; } = DefaultBlobLimit;

    /// <summary>A registry for blobs of any size, or null.</summary>
    public IBlobRemote? Registry { get; init; }

    /// <summary>Who writes; the author of the branch's commits.</summary>
    public required string Actor { get; init; }

    /// <summary>Settings that git needs to reach the remote.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Environment variables for git.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Options for what a caller wrote: <c>git</c> is the project's own origin, anything else an address or a folder.</summary>
    /// <exception cref="Core.UsageException">The project has no origin.</exception>
    public static async Task<RemoteOptions> ForProjectAsync(
        string remote, string root, IReadOnlyDictionary<string, string> variables, string actor, CancellationToken cancellationToken)
    {
        var isProject = remote.Equals("git", StringComparison.OrdinalIgnoreCase);
        var address = isProject ? await ProjectRepository.OriginAsync(root, variables, cancellationToken)
            : remote.Contains(':', StringComparison.Ordinal) ? remote
            : Path.GetFullPath(remote, root);
        return new()
        {
            Address = RemoteAddress.Parse(address, variables), Actor = actor, Variables = variables,
            Settings = await ProjectRepository.SettingsAsync(root, variables, cancellationToken),
        };
    }

    /// <summary>How long the remote may keep a build waiting before work goes on without it; 30 s by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

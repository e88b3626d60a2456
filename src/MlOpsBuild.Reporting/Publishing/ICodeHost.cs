namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A place where code is reviewed. Every method may throw <see cref="HostRefusedException"/>.</summary>
public interface ICodeHost
{
    /// <summary>The host's name for people.</summary>
    string Name { get; }

    /// <summary>What it takes and shows of a comment.</summary>
    CommentForm Form { get; }

    /// <summary>The name that this token's comments bear.</summary>
    Task<string> AuthorAsync(CancellationToken cancellationToken);

    /// <summary>One page of comments, oldest first, and whether there are more.</summary>
    /// <param name="page">From 1 on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken);

    /// <summary>A comment; null when it is gone.</summary>
    Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A new comment.</summary>
    Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken);

    /// <summary>Replaces a comment's text.</summary>
    Task UpdateAsync(long id, string body, CancellationToken cancellationToken);

    /// <summary>Takes a comment away; one that is gone is no problem.</summary>
    Task DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>Shows a state beside the commit; gives the way it is shown, for example <c>check run</c>.</summary>
    Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken);

    /// <summary>Adds a deployment that has ended to the host's list; gives the way it is shown.</summary>
    Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a person may write to the project, and so approve and give commands; somebody the host does not know may not.
    /// </summary>
    /// <param name="person">The name that the host knows them by.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken);
}

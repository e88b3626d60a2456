namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Which reviewed changes brought a commit. Every method may throw <see cref="HostRefusedException"/>.</summary>
public interface ICommitReviews
{
    /// <summary>The host's name for people.</summary>
    string Name { get; }

    /// <summary>
    /// The pull or merge requests that were merged into <paramref name="branch"/> as <paramref name="commit"/>: as their newest commit, or
    /// as the one that the merge made. Empty when it came by none, or stood in the midst of one.
    /// </summary>
    Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken);
}

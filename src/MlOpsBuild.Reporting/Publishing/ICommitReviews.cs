namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Which reviewed changes brought a commit. Every method may throw <see cref="HostRefusedException"/>.</summary>
public interface ICommitReviews
{
    /// <summary>The host's name for people.</summary>
    string Name { get; }

    /// <summary>The merged pull or merge requests that <paramref name="commit"/> came by; empty when it came by none.</summary>
    Task<IReadOnlyList<CommitReview>> OfAsync(string commit, CancellationToken cancellationToken);
}

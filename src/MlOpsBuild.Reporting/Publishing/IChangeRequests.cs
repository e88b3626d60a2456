namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Pull or merge requests of a project. Every method may throw <see cref="HostRefusedException"/>.</summary>
public interface IChangeRequests
{
    /// <summary>The host's name for people.</summary>
    string Name { get; }

    /// <summary>Characters that a request's text may have.</summary>
    int LongestBody { get; }

    /// <summary>
    /// Commits the change to its branch, on top of the default branch, and opens a request for it; one that is open is brought up to date.
    /// </summary>
    Task<ProposedChange> ProposeAsync(ChangeProposal proposal, CancellationToken cancellationToken);
}

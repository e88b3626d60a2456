using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Finds the pull request of a fork from what the host itself says of the run: owner, branch and commit. Nothing that the fork's build
/// wrote decides where its report goes.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="context">What is being built.</param>
public sealed class ForkRequests(GitHubConnection connection, CodeHostContext context)
{
    /// <summary>The number of the open request whose newest commit was built; null when there is none any more.</summary>
    /// <exception cref="HostRefusedException">The host does not tell.</exception>
    public async Task<int?> FindAsync(ForkHead fork, CancellationToken cancellationToken)
    {
        var wanted = new PullRequestRequest { State = ItemStateFilter.Open, Head = $"{fork.Owner}:{fork.Branch}" };
        var (pulls, _) = await connection.PageAsync(
            1, (client, options) => client.PullRequest.GetAllForRepository(connection.Owner, connection.Name, wanted, options),
            cancellationToken);
        return pulls.Where(pull => pull.Head?.Sha == context.Commit).Select(pull => (int?)pull.Number).FirstOrDefault();
    }
}

using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Reviews on GitHub; the token needs <c>pull-requests: read</c>. An approval counts for the commit that it was given for: what was
/// pushed afterwards nobody approved.
/// </summary>
internal sealed class GitHubReviews(GitHubConnection connection) : ICommitReviews
{
    public string Name => "GitHub";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, CancellationToken cancellationToken)
    {
        var reviews = new List<CommitReview>();
        foreach (var pull in (await connection.AskAsync(
            client => client.Repository.Commit.PullRequests(connection.Owner, connection.Name, commit), cancellationToken))
            .Where(pull => pull.MergedAt != null))
        {
            reviews.Add(new(pull.Number, pull.User.Login, await ApproversAsync(pull.Number, pull.Head.Sha, cancellationToken)));
        }

        return reviews;
    }

    // The last word of each person counts; a comment is none.
    private async Task<IReadOnlyList<string>> ApproversAsync(int number, string head, CancellationToken cancellationToken)
    {
        var all = await connection.AskAsync(
            client => client.PullRequest.Review.GetAll(connection.Owner, connection.Name, number), cancellationToken);
        return
        [
            .. all.Where(review => review.State.StringValue.ToUpperInvariant() is not ("COMMENTED" or "PENDING"))
                .GroupBy(review => review.User.Login)
                .Where(group => group.Last() is { CommitId: var seen } last
                    && last.State.StringValue.Equals("APPROVED", StringComparison.OrdinalIgnoreCase) && seen == head)
                .Select(group => group.Key),
        ];
    }
}

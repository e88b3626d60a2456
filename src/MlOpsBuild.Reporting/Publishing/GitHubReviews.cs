using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Reviews on GitHub; the token needs <c>pull-requests: read</c>. An approval counts for the commit that it was given for (what was pushed
/// afterwards nobody approved), and from people who may write: on a public project anybody may press the button.
/// </summary>
internal sealed class GitHubReviews(GitHubConnection connection) : ICommitReviews
{
    public string Name => "GitHub";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken)
    {
        var reviews = new List<CommitReview>();
        foreach (var pull in (await connection.AskAsync(
            client => client.Repository.Commit.PullRequests(connection.Owner, connection.Name, commit), cancellationToken))
            .Where(pull => pull.MergedAt != null && pull.Base?.Ref == branch && (pull.MergeCommitSha == commit || pull.Head.Sha == commit)))
        {
            // Whose account is deleted has no name.
            var approvers = await ApproversAsync(pull.Number, pull.Head.Sha, cancellationToken);
            reviews.Add(new(pull.Number, pull.User?.Login ?? "", approvers));
        }

        return reviews;
    }

    // The last word of each person counts; a comment is none.
    private async Task<IReadOnlyList<string>> ApproversAsync(int number, string head, CancellationToken cancellationToken)
    {
        var approvers = new List<string>();
        foreach (var person in (await connection.AskAsync(
            client => client.PullRequest.Review.GetAll(connection.Owner, connection.Name, number), cancellationToken))
            .Where(review => review.User != null && review.State.StringValue.ToUpperInvariant() is not ("COMMENTED" or "PENDING"))
            .GroupBy(review => review.User.Login)
            .Where(group => group.Last() is { CommitId: var seen } last
                && last.State.StringValue.Equals("APPROVED", StringComparison.OrdinalIgnoreCase) && seen == head)
            .Select(group => group.Key))
        {
            approvers.AddRange(await connection.MayWriteAsync(person, cancellationToken) ? [person] : []);
        }

        return approvers;
    }
}

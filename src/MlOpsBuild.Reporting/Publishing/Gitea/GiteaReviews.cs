namespace MlOpsBuild.Reporting.Publishing.Gitea;

/// <summary>
/// Reviews on Gitea or Forgejo, which says itself of each whether it is <c>official</c>, that is of somebody who may write or is named by
/// the branch's rules, and <c>stale</c>, that is of commits before the newest.
/// </summary>
internal sealed class GiteaReviews(HostRequests requests, CodeHostContext context) : ICommitReviews
{
    private readonly string _repository = GiteaHost.Repository(context);

    public string Name => "Gitea";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken)
    {
        // Only the commit that a merge made is told; merged by fast-forward it is the newest commit itself.
        var pull = (await requests.FindAsync($"{_repository}/commits/{Uri.EscapeDataString(commit)}/pull", cancellationToken))?.Json;
        if (pull == null || !pull.Says("merged") || pull["base"].Text("ref") != branch
            || (pull.Text("merge_commit_sha") != commit && pull["head"].Text("sha") != commit))
        {
            return [];
        }

        var number = pull["number"]!.GetValue<int>();
        return [new(number, pull["user"].Text("login") ?? "", await ApproversAsync(number, pull["head"].Text("sha"), cancellationToken))];
    }

    // The last word of each person counts; a comment, and a request for one, is none.
    private async Task<IReadOnlyList<string>> ApproversAsync(int number, string? head, CancellationToken cancellationToken)
    {
        var reviews = new List<System.Text.Json.Nodes.JsonNode>();
        for (var page = 1; ; page++)
        {
            var answer = await requests.GetAsync(
                FormattableString.Invariant($"{_repository}/pulls/{number}/reviews?limit=50&page={page}"), cancellationToken);
            reviews.AddRange(answer.Json.AsArray().OfType<System.Text.Json.Nodes.JsonNode>());
            if (!answer.More)
            {
                break;
            }
        }

        return
        [
            .. reviews.Where(review => review.Text("state") is "APPROVED" or "REQUEST_CHANGES")
                .GroupBy(review => review["user"].Text("login") ?? "")
                .Select(words => (Person: words.Key, Last: words.Last()))
                .Where(word => word.Person.Length > 0 && word.Last.Text("state") == "APPROVED" && word.Last.Says("official")
                    && !word.Last.Says("stale") && !word.Last.Says("dismissed") && word.Last.Text("commit_id") == head)
                .Select(word => word.Person),
        ];
    }
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Approvals on GitLab; the token needs the scope <c>read_api</c>. GitLab does not tell for which commit an approval was given: whether
/// it takes approvals back after a push is a setting of the project, and is by default.
/// </summary>
internal sealed class GitLabReviews(HostRequests requests, CodeHostContext context) : ICommitReviews
{
    private static readonly string[] Commits = ["sha", "merge_commit_sha", "squash_commit_sha"];
    private readonly string _project = $"projects/{Uri.EscapeDataString(context.Project)}";

    public string Name => "GitLab";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken)
    {
        var reviews = new List<CommitReview>();
        foreach (var request in (await AskAsync($"repository/commits/{Uri.EscapeDataString(commit)}/merge_requests", cancellationToken))
            .AsArray().Where(request => Said(request, "state") == "merged" && Said(request, "target_branch") == branch
                && Commits.Any(name => Said(request, name) == commit)))
        {
            var number = request!["iid"]!.GetValue<int>();
            var approvals = await AskAsync(FormattableString.Invariant($"merge_requests/{number}/approvals"), cancellationToken);
            reviews.Add(new(
                number, request["author"]?["username"]?.GetValue<string>() ?? "",
                [
                    .. (approvals["approved_by"]?.AsArray() ?? [])
                        .Select(approval => approval?["user"]?["username"]?.GetValue<string>()).OfType<string>(),
                ]));
        }

        return reviews;
    }

    private static string? Said(JsonNode? request, string name) => request?[name]?.GetValue<string>();

    private async Task<JsonNode> AskAsync(string path, CancellationToken cancellationToken) =>
        (await requests.SendAsync(HttpMethod.Get, $"{_project}/{path}", null, cancellationToken)).Json;
}

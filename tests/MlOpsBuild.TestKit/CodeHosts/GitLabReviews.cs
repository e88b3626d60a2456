using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Which merge requests brought a commit to GitLab, and who approved them.</summary>
internal sealed class GitLabReviews(FakeGitLab host)
{
    public HostAnswer Requests(string commit) => new(200, new JsonArray(
    [
        .. host.Merges.Where(merge => merge.Commits.Contains(commit)).Select(merge => new JsonObject
        {
            ["iid"] = merge.Number, ["state"] = merge.Merged ? "merged" : "opened",
            ["author"] = new JsonObject { ["username"] = merge.Author }, ["sha"] = merge.Head,
            ["merge_commit_sha"] = merge.MergeCommit, ["target_branch"] = merge.Branch,
        }),
    ]));

    public HostAnswer Approvals(string iid) => host.Merges.FirstOrDefault(merge => $"{merge.Number}" == iid) is not { } found
        ? GitLabAnswers.NotFound("Merge Request")
        : new(200, new JsonObject
        {
            ["approved_by"] = new JsonArray(
            [
                .. found.Reviews.Where(review => review.State == "APPROVED")
                    .Select(review => new JsonObject { ["user"] = new JsonObject { ["username"] = review.Who } }),
            ]),
        });

    // The search finds parts of names; levels are 20 for a reporter, 30 for a developer, 40 and more for those above.
    public HostAnswer Members(HostCall call) => call.Method != "GET" ? GitLabAnswers.NotAllowed
        : !host.MayAskPermissions ? GitLabAnswers.Forbidden
        : GitLabPage.Of(
            host, call,
            host.Permissions.Where(person => person.Value != "none"
                && person.Key.Contains(call.Query.GetValueOrDefault("query", ""), StringComparison.OrdinalIgnoreCase)),
            person => new JsonObject
            {
                ["username"] = person.Key, ["state"] = "active",
                ["access_level"] = person.Value switch { "admin" => 50, "write" => 30, _ => 20 },
            });
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Which pull requests brought a commit to GitHub, and what people said of them.</summary>
internal sealed class GitHubReviews(FakeGitHub host)
{
    public HostAnswer Pulls(HostCall call, string commit) => call.Method != "GET" ? GitHubAnswers.NotAllowed : new(200, new JsonArray(
    [
        .. host.Merges.Where(merge => merge.Commits.Contains(commit)).Select(merge => new JsonObject
        {
            ["id"] = 6000 + merge.Number, ["number"] = merge.Number, ["state"] = merge.Merged ? "closed" : "open",
            ["merged_at"] = merge.Merged ? "2026-11-20T10:00:00Z" : null, ["merge_commit_sha"] = merge.MergeCommit,
            ["user"] = Person(merge.Author), ["head"] = new JsonObject { ["sha"] = merge.Head },
            ["base"] = new JsonObject { ["ref"] = merge.Branch },
        }),
    ]));

    public HostAnswer Of(HostCall call, string number) => call.Method != "GET" ? GitHubAnswers.NotAllowed
        : host.Merges.FirstOrDefault(merge => $"{merge.Number}" == number) is not { } found ? GitHubAnswers.NotFound
        : new(200, new JsonArray(
        [
            .. found.Reviews.Select((review, index) => new JsonObject
            {
                ["id"] = index + 1, ["state"] = review.State, ["commit_id"] = review.Commit,
                ["user"] = Person(review.Who), ["submitted_at"] = $"2026-11-20T09:{index:00}:00Z",
            }),
        ]));

    // A deleted account is nobody.
    private static JsonObject? Person(string login) => login.Length == 0 ? null : new() { ["login"] = login };
}

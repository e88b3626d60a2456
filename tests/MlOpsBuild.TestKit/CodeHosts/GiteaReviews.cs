using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Who may write to a repository on Gitea, which pull request brought a commit, and what people said of it.</summary>
internal sealed class GiteaReviews(FakeGitea host)
{
    private const int PageSize = 50;

    public HostAnswer Permission(HostCall call, string person) => call.Method != "GET" ? FakeGitea.NotAllowed
        : !host.MayAskPermissions && person != host.Viewer
            ? HostAnswer.Message(403, "Only admins can query all permissions, repo admins can query all repo permissions, collaborators can query only their own")
        : host.Permissions.TryGetValue(person, out var permission)
            ? new(200, new JsonObject { ["permission"] = permission, ["role_name"] = "", ["user"] = Person(person) })
        : FakeGitea.NotFound;

    // Only what was merged is found, by the commit that the merge made.
    public HostAnswer Pull(HostCall call, string sha) => call.Method != "GET" ? FakeGitea.NotAllowed
        : host.Merges.FirstOrDefault(merge => merge.Merged && (merge.MergeCommit == sha || merge.Head == sha)) is not { } merge
            ? FakeGitea.NotFound
        : new(200, new JsonObject
        {
            ["number"] = merge.Number, ["state"] = "closed", ["merged"] = merge.Merged, ["merge_commit_sha"] = merge.MergeCommit,
            ["user"] = Person(merge.Author), ["base"] = new JsonObject { ["ref"] = merge.Branch },
            ["head"] = new JsonObject { ["sha"] = merge.Head },
        });

    public HostAnswer Of(HostCall call, string number)
    {
        if (call.Method != "GET" || host.Merges.FirstOrDefault(merge => $"{merge.Number}" == number) is not { } found)
        {
            return call.Method != "GET" ? FakeGitea.NotAllowed : FakeGitea.NotFound;
        }

        if (int.TryParse(call.Query.GetValueOrDefault("limit", "30"), out var limit) && limit > PageSize)
        {
            return FakeGitea.Invalid("limit");
        }

        var page = new HostPage<(string Who, string State, string Commit)>(
            found.Reviews, new Dictionary<string, string>(call.Query) { ["per_page"] = $"{limit}" }, PageSize);
        var answer = new HostAnswer(200, new JsonArray([.. page.Items.Select((review, index) => Json(found, review, index))]));
        if (page.Links(new(host.Address, call.Request.Path.Split('?')[0])) is { Length: > 0 } links)
        {
            answer.Headers["Link"] = links;
        }

        return answer;
    }

    // Official is who may write; a dismissed word keeps its state.
    private JsonObject Json(FakeMerge merge, (string Who, string State, string Commit) review, int index) => new()
    {
        ["id"] = index + 1, ["user"] = Person(review.Who), ["commit_id"] = review.Commit, ["stale"] = review.Commit != merge.Head,
        ["official"] = host.Permissions.TryGetValue(review.Who, out var right) && right is "write" or "admin" or "owner",
        ["dismissed"] = review.State == "DISMISSED",
        ["state"] = review.State switch
        {
            "COMMENTED" => "COMMENT", "CHANGES_REQUESTED" => "REQUEST_CHANGES", "DISMISSED" => "APPROVED", _ => review.State,
        },
    };

    private static JsonObject? Person(string login) => login.Length == 0 ? null : new() { ["login"] = login };
}

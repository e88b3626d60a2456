using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Which pull requests of Azure DevOps have a commit, by the two ways of asking, and the votes on them.</summary>
internal sealed class AzureRequests(FakeAzureDevOps host)
{
    public HostAnswer Query(HostCall call, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return FakeAzureDevOps.NotAllowed;
        }

        var results = new JsonArray();
        foreach (var query in (fields["queries"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (query.Text("type") is not ("lastMergeCommit" or "commit") || query["items"] is not JsonArray items)
            {
                return HostAnswer.Message(400, "Unknown query.");
            }

            var result = new JsonObject();
            foreach (var sha in items.Select(item => item!.GetValue<string>()))
            {
                var found = host.Merges
                    .Where(merge => query.Text("type") == "commit" ? merge.Commits.Contains(sha) : merge.MergeCommit == sha)
                    .ToList();
                if (found.Count > 0)
                {
                    result[sha] = new JsonArray([.. found.Select(Json)]);
                }
            }

            results.Add(result);
        }

        return results.Count == 0 ? HostAnswer.Message(400, "Value cannot be null. Parameter name: queries")
            : new(200, new JsonObject { ["queries"] = fields["queries"]!.DeepClone(), ["results"] = results });
    }

    // A vote is one's last word, and of no commit; a group that was asked votes with whoever of it does.
    private static JsonObject Json(FakeMerge merge) => new()
    {
        ["pullRequestId"] = merge.Number, ["status"] = merge.Merged ? "completed" : "active",
        ["targetRefName"] = $"refs/heads/{merge.Branch}",
        ["createdBy"] = Person(merge.Author), ["lastMergeCommit"] = new JsonObject { ["commitId"] = merge.MergeCommit },
        ["lastMergeSourceCommit"] = new JsonObject { ["commitId"] = merge.Head },
        ["reviewers"] = new JsonArray(
        [
            .. merge.Reviews.Where(review => review.Who.Length > 0 && review.State != "COMMENTED").GroupBy(review => review.Who)
                .Select(words => Voter(words.Key, words.Last().State switch { "APPROVED" => 10, "CHANGES_REQUESTED" => -10, _ => 0 })),
            new JsonObject { ["uniqueName"] = "vstfs:///Classification/TeamProject/web-shop\\Team", ["vote"] = 10, ["isContainer"] = true },
        ]),
    };

    private static JsonObject Voter(string name, int vote) =>
        new() { ["uniqueName"] = FakeAzureDevOps.PersonOf(name), ["vote"] = vote, ["isRequired"] = false };

    private static JsonObject? Person(string name) =>
        name.Length == 0 ? null : new() { ["uniqueName"] = FakeAzureDevOps.PersonOf(name), ["displayName"] = name };
}

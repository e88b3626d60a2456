using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing.AzureDevOps;

/// <summary>
/// Votes on Azure DevOps. It does not tell for which commit a vote was given: that a new push takes votes back is a setting of the branch's
/// policy. Only the votes of people who may contribute count.
/// </summary>
internal sealed class AzureDevOpsReviews(HostRequests requests, CodeHostContext context) : ICommitReviews
{
    // 10: approved; 5: approved with suggestions.
    private const int Approved = 5;
    private static readonly string[] Ways = ["lastMergeCommit", "commit"];
    private readonly AzureDevOpsRights _rights = new(requests, context);

    public string Name => "Azure DevOps";

    public async Task<IReadOnlyList<CommitReview>> OfAsync(string commit, string branch, CancellationToken cancellationToken)
    {
        var asked = new JsonArray([.. Ways.Select(way => new JsonObject { ["type"] = way, ["items"] = new JsonArray(commit) })]);
        var found = (await requests.SendAsync(
            HttpMethod.Post, $"{AzureDevOpsHost.Repository(context)}/pullrequestquery?{AzureDevOpsHost.Version}",
            new JsonObject { ["queries"] = asked }, cancellationToken)).Json;
        var reviews = new List<CommitReview>();
        foreach (var pull in found.Items("results").SelectMany(result => result.Items(commit)).DistinctBy(pull => Number(pull))
            .Where(pull => pull.Text("status") == "completed" && pull.Text("targetRefName") == $"refs/heads/{branch}"
                && (pull["lastMergeCommit"].Text("commitId") == commit || pull["lastMergeSourceCommit"].Text("commitId") == commit)))
        {
            var approvers = new List<string>();
            foreach (var person in pull.Items("reviewers")
                .Where(reviewer => reviewer["vote"]?.GetValue<int>() >= Approved && !reviewer.Says("isContainer"))
                .Select(reviewer => reviewer.Text("uniqueName")).OfType<string>())
            {
                approvers.AddRange(await _rights.MayWriteAsync(person, cancellationToken) ? [person] : []);
            }

            reviews.Add(new(Number(pull), pull["createdBy"].Text("uniqueName") ?? "", approvers));
        }

        return reviews;
    }

    private static int Number(JsonNode pull) => pull["pullRequestId"]!.GetValue<int>();
}

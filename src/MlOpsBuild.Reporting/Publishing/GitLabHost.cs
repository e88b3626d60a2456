using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitLab, gitlab.com or one's own, by its REST interface.</summary>
internal sealed class GitLabHost(HostRequests requests, CodeHostContext context) : RestHost(
    requests,
    new($"{Project(context)}/merge_requests/{context.Request}/notes", page => $"per_page=100&page={page}&sort=asc&order_by=created_at"))
{
    private const int Developer = 30;

    public override string Name => "GitLab";

    public override CommentForm Form { get; } = new(1_000_000);

    public override async Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken)
    {
        await Requests.SendAsync(
            HttpMethod.Post, $"{Project(context)}/statuses/{context.Commit}",
            new JsonObject
            {
                ["state"] = state.Passed ? "success" : "failed", ["name"] = state.Name, ["description"] = state.Title,
                ["target_url"] = context.RunAddress?.ToString()
            },
            cancellationToken);
        return "external status";
    }

    public override async Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        var created = await Requests.SendAsync(
            HttpMethod.Post, $"{Project(context)}/deployments",
            new JsonObject
            {
                ["environment"] = state.Environment, ["sha"] = state.Commit ?? context.Commit,
                ["ref"] = context.Reference ?? context.Commit, ["tag"] = false,
                ["status"] = state.Succeeded ? "success" : state.Conclusive ? "failed" : "canceled",
            },
            cancellationToken);

        // The environment came with the deployment; one that has ended is not left standing.
        if (state.Rehearsal && created.Json["environment"]?["id"] is { } environment)
        {
            await Requests.SendAsync(
                HttpMethod.Post, $"{Project(context)}/environments/{environment}/stop", new JsonObject(), cancellationToken);
        }

        return "deployment";
    }

    // Members of groups above count too; the search finds parts of names.
    public override async Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken) =>
        (await Requests.GetAsync($"{Project(context)}/members/all?per_page=100&query={Uri.EscapeDataString(person)}", cancellationToken))
            .Json.AsArray()
            .Any(member => member.Text("username") == person && member.Text("state") == "active"
                && member!["access_level"]?.GetValue<int>() >= Developer);

    protected override async Task<string> AskAuthorAsync(CancellationToken cancellationToken) =>
        (await Requests.GetAsync("user", cancellationToken)).Json.Text("username") ?? "";

    private static string Project(CodeHostContext context) => $"projects/{Uri.EscapeDataString(context.Project)}";
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitLab, gitlab.com or one's own, by its REST interface.</summary>
/// <param name="http">The connection.</param>
/// <param name="context">What is being built.</param>
public sealed class GitLabHost(HttpClient http, CodeHostContext context) : ICodeHost
{
    private readonly HostRequests _requests = new(http);
    private readonly CommentCalls _comments = new(new(http), Notes(context));
    private string? _author;

    /// <inheritdoc />
    public string Name => "GitLab";

    /// <inheritdoc />
    public int LongestComment => 1_000_000;

    /// <inheritdoc />
    public async Task<string> AuthorAsync(CancellationToken cancellationToken) =>
        _author ??= (await _requests.SendAsync(HttpMethod.Get, "user", null, cancellationToken)).Json["username"]?.GetValue<string>() ?? "";

    /// <inheritdoc />
    public Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken) =>
        _comments.ListAsync(page, cancellationToken);

    /// <inheritdoc />
    public Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken) => _comments.FindAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) =>
        _comments.CreateAsync(body, cancellationToken);

    /// <inheritdoc />
    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) =>
        _comments.UpdateAsync(id, body, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(long id, CancellationToken cancellationToken) => _comments.DeleteAsync(id, cancellationToken);

    /// <inheritdoc />
    public async Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken)
    {
        await _requests.SendAsync(
            HttpMethod.Post, $"{Project(context)}/statuses/{context.Commit}",
            new JsonObject
            {
                ["state"] = state.Passed ? "success" : "failed", ["name"] = state.Name, ["description"] = state.Title,
                ["target_url"] = context.RunAddress?.ToString()
            },
            cancellationToken);
        return "external status";
    }

    /// <inheritdoc />
    public async Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        var created = await _requests.SendAsync(
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
            await _requests.SendAsync(HttpMethod.Post, $"{Project(context)}/environments/{environment}/stop", [], cancellationToken);
        }

        return "deployment";
    }

    private static string Project(CodeHostContext context) => $"projects/{Uri.EscapeDataString(context.Project)}";

    private static string Notes(CodeHostContext context) => $"{Project(context)}/merge_requests/{context.Request}/notes";
}

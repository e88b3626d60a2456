using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitHub, github.com or an enterprise's own, by its REST interface.</summary>
/// <param name="http">The connection.</param>
/// <param name="context">What is being built.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class GitHubHost(HttpClient http, CodeHostContext context, TimeProvider time) : ICodeHost
{
    private const int LongestDescription = 140;
    private const int LongestSummary = 65_535;
    private const int MostRemarks = 50;
    private const int MostPages = 4;
    private readonly HostRequests _requests = new(http, time);
    private readonly CommentCalls _comments = new(
        new(http, time), $"repos/{context.Project}/issues/{context.Request}/comments", order: "", $"repos/{context.Project}/issues/comments", HttpMethod.Patch);
    private string? _author;

    /// <inheritdoc />
    public string Name => "GitHub";

    /// <inheritdoc />
    public int LongestComment => 65_536;

    private bool IsWorkflows => context.Token?.StartsWith("ghs_", StringComparison.Ordinal) == true;

    private string Repository => $"repos/{context.Project}";

    /// <inheritdoc />
    public async Task<string> AuthorAsync(CancellationToken cancellationToken)
    {
        // The token of a workflow may not ask who it is, and is always the same.
        return _author ??= IsWorkflows ? "github-actions[bot]" : (await _requests.SendAsync(HttpMethod.Get, "user", null, cancellationToken)).Json["login"]?.GetValue<string>() ?? "";
    }

    /// <inheritdoc />
    public Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken) => _comments.ListAsync(page, cancellationToken);

    /// <inheritdoc />
    public Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken) => _comments.FindAsync(id, cancellationToken);

    /// <inheritdoc />
    public Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) => _comments.CreateAsync(body, cancellationToken);

    /// <inheritdoc />
    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) => _comments.UpdateAsync(id, body, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(long id, CancellationToken cancellationToken) => _comments.DeleteAsync(id, cancellationToken);

    /// <inheritdoc />
    public async Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken)
    {
        try
        {
            await CheckAsync(state, cancellationToken);
            return "check run";
        }
        catch (HostRefusedException refused) when (refused.IsForbidden)
        {
            // Check runs are for apps; a person's token may still set a status.
            await _requests.SendAsync(HttpMethod.Post, $"{Repository}/statuses/{context.Commit}", Status(state), cancellationToken);
            return "commit status";
        }
    }

    /// <inheritdoc />
    public async Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        // By default a deployment merges the branch and waits for other checks.
        var created = await _requests.SendAsync(
            HttpMethod.Post, $"{Repository}/deployments",
            new()
            {
                ["ref"] = state.Commit ?? context.Commit, ["auto_merge"] = false, ["required_contexts"] = new JsonArray(), ["environment"] = state.Environment,
                ["description"] = Cut(state.Description), ["transient_environment"] = state.Rehearsal, ["production_environment"] = false,
            },
            cancellationToken);
        await _requests.SendAsync(
            HttpMethod.Post, $"{Repository}/deployments/{created.Json["id"]}/statuses",
            new()
            {
                ["state"] = !state.Succeeded ? state.Conclusive ? "failure" : "error" : state.Rehearsal ? "inactive" : "success",
                ["description"] = Cut(state.Description), ["log_url"] = context.RunAddress?.ToString(),
            },
            cancellationToken);
        return "deployment";
    }

    // A request takes so many remarks; further ones are appended.
    private async Task CheckAsync(CommitState state, CancellationToken cancellationToken)
    {
        var pages = state.Remarks.Chunk(MostRemarks).Take(MostPages).ToList();
        var created = await _requests.SendAsync(HttpMethod.Post, $"{Repository}/check-runs", CheckRun(state, pages is [var first, ..] ? first : []), cancellationToken);
        foreach (var page in pages.Skip(1))
        {
            await _requests.SendAsync(HttpMethod.Patch, $"{Repository}/check-runs/{created.Json["id"]}", new() { ["output"] = Output(state, page) }, cancellationToken);
        }
    }

    private JsonObject Output(CommitState state, IReadOnlyList<LineRemark> remarks) => new()
    {
        ["title"] = state.Title,
        ["summary"] = CommentBody.Cut(state.Summary, LongestSummary, context.RunAddress),
        ["annotations"] = new JsonArray([.. remarks.Select(remark => new JsonObject
        {
            ["path"] = remark.Path, ["start_line"] = remark.Line, ["end_line"] = remark.Line, ["title"] = remark.Title, ["message"] = remark.Text,
            ["annotation_level"] = remark.Verdict switch { Verdict.Failed or Verdict.Error => "failure", Verdict.Inconclusive => "warning", _ => "notice" },
        })]),
    };

    private static string Cut(string text) => text.Length <= LongestDescription ? text : text[..(LongestDescription - 1)] + "…";

    private JsonObject CheckRun(CommitState state, IReadOnlyList<LineRemark> remarks) => new()
    {
        ["name"] = state.Name,
        ["head_sha"] = context.Commit,
        ["status"] = "completed",
        ["conclusion"] = state.Passed ? "success" : state.Conclusive ? "failure" : "action_required",
        ["details_url"] = context.RunAddress?.ToString(),
        ["output"] = Output(state, remarks),
    };

    private JsonObject Status(CommitState state) => new()
    {
        ["state"] = state.Passed ? "success" : state.Conclusive ? "failure" : "error",
        ["context"] = state.Name,
        ["description"] = Cut(state.Title),
        ["target_url"] = context.RunAddress?.ToString(),
    };
}

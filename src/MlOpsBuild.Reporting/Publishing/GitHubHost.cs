using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitHub, github.com or an enterprise's own, by its REST interface.</summary>
/// <param name="http">The connection.</param>
/// <param name="context">What is being built.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class GitHubHost(HttpClient http, CodeHostContext context, TimeProvider time) : ICodeHost
{
    private const int LongestDescription = 140;
    private const int LongestSummary = 65_535;
    private readonly HostRequests _requests = new(http, time);
    private readonly CommentCalls _comments = new(
        new(http, time), $"repos/{context.Project}/issues/{context.Request}/comments", order: "", $"repos/{context.Project}/issues/comments", HttpMethod.Patch);

    /// <inheritdoc />
    public string Name => "GitHub";

    /// <inheritdoc />
    public int LongestComment => 65_536;

    private string Repository => $"repos/{context.Project}";

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
            await _requests.SendAsync(HttpMethod.Post, $"{Repository}/check-runs", CheckRun(state), cancellationToken);
            return "check run";
        }
        catch (HostRefusedException refused) when (refused.IsForbidden)
        {
            // Check runs are for apps; a person's token may still set a status.
            await _requests.SendAsync(HttpMethod.Post, $"{Repository}/statuses/{context.Commit}", Status(state), cancellationToken);
            return "commit status";
        }
    }

    private JsonObject CheckRun(CommitState state) => new()
    {
        ["name"] = state.Name,
        ["head_sha"] = context.Commit,
        ["status"] = "completed",
        ["conclusion"] = state.Passed ? "success" : state.Conclusive ? "failure" : "neutral",
        ["details_url"] = context.RunAddress?.ToString(),
        ["output"] = new JsonObject { ["title"] = state.Title, ["summary"] = state.Summary.Length <= LongestSummary ? state.Summary : state.Title },
    };

    private JsonObject Status(CommitState state) => new()
    {
        ["state"] = state.Passed ? "success" : state.Conclusive ? "failure" : "error",
        ["context"] = state.Name,
        ["description"] = state.Title.Length <= LongestDescription ? state.Title : state.Title[..(LongestDescription - 1)] + "…",
        ["target_url"] = context.RunAddress?.ToString(),
    };
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Issues of a project on GitLab; the token needs the scope <c>api</c> and the role Reporter.</summary>
internal sealed class GitLabIssues(HostRequests requests, CodeHostContext context) : IIssueTracker
{
    private readonly string _issues = $"projects/{Uri.EscapeDataString(context.Project)}/issues";

    public string Name => "GitLab";

    public async Task<IReadOnlyList<HostIssue>> OpenAsync(string label, CancellationToken cancellationToken)
    {
        var answer = await requests.SendAsync(
            HttpMethod.Get, $"{_issues}?state=opened&labels={Uri.EscapeDataString(label)}&per_page=100", null, cancellationToken);
        return
        [
            .. answer.Json.AsArray().Select(issue => new HostIssue(
                issue!["iid"]!.GetValue<int>(), issue["title"]?.GetValue<string>() ?? "", issue["description"]?.GetValue<string>() ?? "")),
        ];
    }

    public Task CreateAsync(string title, string body, string label, CancellationToken cancellationToken) =>
        requests.SendAsync(
            HttpMethod.Post, _issues, new JsonObject { ["title"] = title, ["description"] = body, ["labels"] = label }, cancellationToken);

    public Task UpdateAsync(int number, string title, string body, CancellationToken cancellationToken) =>
        ChangeAsync(number, new() { ["title"] = title, ["description"] = body }, cancellationToken);

    public Task CommentAsync(int number, string body, CancellationToken cancellationToken) =>
        requests.SendAsync(HttpMethod.Post, $"{_issues}/{number}/notes", new JsonObject { ["body"] = body }, cancellationToken);

    public Task CloseAsync(int number, CancellationToken cancellationToken) =>
        ChangeAsync(number, new() { ["state_event"] = "close" }, cancellationToken);

    private Task<HostAnswer> ChangeAsync(int number, JsonObject change, CancellationToken cancellationToken) =>
        requests.SendAsync(HttpMethod.Put, $"{_issues}/{number}", change, cancellationToken);
}

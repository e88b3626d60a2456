using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Issues of a repository on GitHub; the token needs <c>issues: write</c>.</summary>
internal sealed class GitHubIssues(GitHubConnection connection) : IIssueTracker
{
    public string Name => "GitHub";

    public async Task<IReadOnlyList<HostIssue>> OpenAsync(string label, CancellationToken cancellationToken)
    {
        var wanted = new RepositoryIssueRequest { State = ItemStateFilter.Open };
        wanted.Labels.Add(label);
        var (found, _) = await connection.PageAsync(
            1, (client, options) => client.Issue.GetAllForRepository(connection.Owner, connection.Name, wanted, options),
            cancellationToken);
        return
        [
            .. found.Where(issue => issue.PullRequest == null)
                .Select(issue => new HostIssue(issue.Number, issue.Title, issue.Body ?? "")),
        ];
    }

    public Task CreateAsync(string title, string body, string label, CancellationToken cancellationToken)
    {
        var wanted = new NewIssue(title) { Body = body };
        wanted.Labels.Add(label);
        return connection.AskAsync(client => client.Issue.Create(connection.Owner, connection.Name, wanted), cancellationToken);
    }

    public Task UpdateAsync(int number, string title, string body, CancellationToken cancellationToken) =>
        ChangeAsync(number, new() { Title = title, Body = body }, cancellationToken);

    public Task CommentAsync(int number, string body, CancellationToken cancellationToken) =>
        connection.AskAsync(
            client => client.Issue.Comment.Create(connection.Owner, connection.Name, number, body), cancellationToken);

    public Task CloseAsync(int number, CancellationToken cancellationToken) =>
        ChangeAsync(number, new() { State = ItemState.Closed, StateReason = ItemStateReason.Completed }, cancellationToken);

    private Task<Issue> ChangeAsync(int number, IssueUpdate change, CancellationToken cancellationToken) =>
        connection.AskAsync(client => client.Issue.Update(connection.Owner, connection.Name, number, change), cancellationToken);
}

using System.Net;
using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Pull requests of a repository on GitHub; the token needs <c>contents: write</c> and <c>pull-requests: write</c>.</summary>
internal sealed class GitHubChangeRequests(GitHubConnection connection) : IChangeRequests
{
    private const string FileMode = "100644";

    public string Name => "GitHub";

    public int LongestBody => 65_536;

    public async Task<ProposedChange> ProposeAsync(ChangeProposal proposal, CancellationToken cancellationToken)
    {
        var repository = await AskAsync(client => client.Repository.Get(connection.Owner, connection.Name), cancellationToken);
        await CommitAsync(proposal, repository.DefaultBranch, cancellationToken);
        var open = await AskAsync(
            client => client.PullRequest.GetAllForRepository(
                connection.Owner, connection.Name,
                new PullRequestRequest
                {
                    State = ItemStateFilter.Open, Head = $"{connection.Owner}:{proposal.Branch}", Base = repository.DefaultBranch,
                }),
            cancellationToken);
        var pull = open is not [var known, ..]
            ? await AskAsync(
                client => client.PullRequest.Create(
                    connection.Owner, connection.Name,
                    new(proposal.Title, proposal.Branch, repository.DefaultBranch) { Body = proposal.Body }),
                cancellationToken)
            : await AskAsync(
                client => client.PullRequest.Update(
                    connection.Owner, connection.Name, known.Number, new() { Title = proposal.Title, Body = proposal.Body }),
                cancellationToken);
        return new(pull.Number, pull.HtmlUrl, open.Count == 0);
    }

    // A tree of its own and then the branch in one move: nobody ever sees half of it.
    private async Task CommitAsync(ChangeProposal proposal, string onto, CancellationToken cancellationToken)
    {
        var head = (await AskAsync(
            client => client.Git.Reference.Get(connection.Owner, connection.Name, $"heads/{onto}"), cancellationToken)).Object.Sha;
        var tree = new NewTree { BaseTree = head };
        tree.Tree.Add(new NewTreeItem { Path = proposal.Path, Mode = FileMode, Type = TreeType.Blob, Content = proposal.Content });
        var made = await AskAsync(client => client.Git.Tree.Create(connection.Owner, connection.Name, tree), cancellationToken);
        var commit = await AskAsync(
            client => client.Git.Commit.Create(connection.Owner, connection.Name, new(proposal.Title, made.Sha, head)), cancellationToken);
        try
        {
            await AskAsync(
                client => client.Git.Reference.Create(
                    connection.Owner, connection.Name, new($"refs/heads/{proposal.Branch}", commit.Sha)),
                cancellationToken);
        }
        catch (HostRefusedException there) when (there.Status == HttpStatusCode.UnprocessableEntity)
        {
            await AskAsync(
                client => client.Git.Reference.Update(
                    connection.Owner, connection.Name, $"heads/{proposal.Branch}", new(commit.Sha, force: true)),
                cancellationToken);
        }
    }

    private Task<T> AskAsync<T>(Func<IGitHubClient, Task<T>> ask, CancellationToken cancellationToken) =>
        connection.AskAsync(ask, cancellationToken);
}

using MlOpsBuild.Core;
using Octokit;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>GitHub, github.com or an enterprise's own.</summary>
/// <param name="connection">The connection.</param>
/// <param name="context">What is being built.</param>
public sealed class GitHubHost(GitHubConnection connection, CodeHostContext context) : ICodeHost, ICommentReactions
{
    private const int LongestDescription = 140;
    private const int LongestSummary = 65_535;
    private const int MostRemarks = 50;
    private const int MostPages = 4;
    private string? _author;

    /// <inheritdoc />
    public string Name => "GitHub";

    /// <inheritdoc />
    public CommentForm Form { get; } = new(65_536);

    private bool IsWorkflows => context.Token?.StartsWith("ghs_", StringComparison.Ordinal) == true;

    private int Request => context.Request ?? 0;

    /// <inheritdoc />
    public async Task<string> AuthorAsync(CancellationToken cancellationToken)
    {
        // The token of a workflow may not ask who it is, and is always the same.
        return _author ??= IsWorkflows
            ? "github-actions[bot]"
            : (await connection.AskAsync(client => client.User.Current(), cancellationToken)).Login ?? "";
    }

    /// <inheritdoc />
    public async Task<(IReadOnlyList<HostComment> Comments, bool More)> ListAsync(int page, CancellationToken cancellationToken)
    {
        var (comments, more) = await connection.PageAsync(
            page, (client, options) => client.Issue.Comment.GetAllForIssue(connection.Owner, connection.Name, Request, options),
            cancellationToken);
        return ([.. comments.Select(Comment)], more);
    }

    /// <inheritdoc />
    public async Task<HostComment?> FindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return Comment(
                await connection.AskAsync(client => client.Issue.Comment.Get(connection.Owner, connection.Name, id), cancellationToken));
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async Task<HostComment> CreateAsync(string body, CancellationToken cancellationToken) =>
        Comment(await connection.AskAsync(
            client => client.Issue.Comment.Create(connection.Owner, connection.Name, Request, body), cancellationToken));

    /// <inheritdoc />
    public Task UpdateAsync(long id, string body, CancellationToken cancellationToken) =>
        connection.AskAsync(client => client.Issue.Comment.Update(connection.Owner, connection.Name, id, body), cancellationToken);

    /// <inheritdoc />
    public async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            await connection.DoAsync(client => client.Issue.Comment.Delete(connection.Owner, connection.Name, id), cancellationToken);
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            // Another run swept it.
        }
    }

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
            await connection.AskAsync(
                client => client.Repository.Status.Create(connection.Owner, connection.Name, context.Commit, Status(state)),
                cancellationToken);
            return "commit status";
        }
    }

    /// <inheritdoc />
    public async Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        // By default a deployment merges the branch and waits for other checks.
        var wanted = new NewDeployment(state.Commit ?? context.Commit)
        {
            AutoMerge = false, RequiredContexts = [], Environment = state.Environment, Description = Cut(state.Description),
            TransientEnvironment = state.Rehearsal, ProductionEnvironment = false,
        };
        var created = await connection.AskAsync(
            client => client.Repository.Deployment.Create(connection.Owner, connection.Name, wanted), cancellationToken);
        var outcome = !state.Succeeded ? state.Conclusive ? Octokit.DeploymentState.Failure : Octokit.DeploymentState.Error
            : state.Rehearsal ? Octokit.DeploymentState.Inactive
            : Octokit.DeploymentState.Success;
        var status = new NewDeploymentStatus(outcome) { Description = Cut(state.Description), LogUrl = context.RunAddress?.ToString() };
        await connection.AskAsync(
            client => client.Repository.Deployment.Status.Create(connection.Owner, connection.Name, created.Id, status), cancellationToken);
        return "deployment";
    }

    /// <inheritdoc />
    public Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken) =>
        connection.MayWriteAsync(person, cancellationToken);

    /// <inheritdoc />
    public Task ReactAsync(long comment, bool taken, CancellationToken cancellationToken) => connection.AskAsync(
        client => client.Reaction.IssueComment.Create(
            connection.Owner, connection.Name, comment, new NewReaction(taken ? ReactionType.Rocket : ReactionType.Minus1)),
        cancellationToken);

    // A request takes so many remarks; further ones are appended.
    private async Task CheckAsync(CommitState state, CancellationToken cancellationToken)
    {
        var pages = state.Remarks.Chunk(MostRemarks).Take(MostPages).ToList();
        var wanted = new NewCheckRun(state.Name, context.Commit)
        {
            Status = CheckStatus.Completed,
            Conclusion = state.Passed ? CheckConclusion.Success
                : state.Conclusive ? CheckConclusion.Failure
                : CheckConclusion.ActionRequired,
            DetailsUrl = context.RunAddress?.ToString(),
            Output = Output(state, pages is [var first, ..] ? first : []),
        };
        var created = await connection.AskAsync(
            client => client.Check.Run.Create(connection.Owner, connection.Name, wanted), cancellationToken);
        foreach (var page in pages.Skip(1))
        {
            await connection.AskAsync(
                client => client.Check.Run.Update(connection.Owner, connection.Name, created.Id, new() { Output = Output(state, page) }),
                cancellationToken);
        }
    }

    private NewCheckRunOutput Output(CommitState state, IReadOnlyList<LineRemark> remarks) =>
        new(state.Title, CommentBody.Cut(state.Summary, LongestSummary, context.RunAddress))
        {
            Annotations = [.. remarks.Select(remark => new NewCheckRunAnnotation(
                remark.Path, remark.Line, remark.Line, Level(remark.Verdict), remark.Text) { Title = remark.Title })],
        };

    private static CheckAnnotationLevel Level(Verdict verdict) => verdict switch
    {
        Verdict.Failed or Verdict.Error => CheckAnnotationLevel.Failure,
        Verdict.Inconclusive => CheckAnnotationLevel.Warning,
        _ => CheckAnnotationLevel.Notice,
    };

    private static string Cut(string text) => CommentBody.Line(text, LongestDescription);

    private static HostComment Comment(IssueComment comment) => new(comment.Id, comment.Body ?? "", comment.User?.Login ?? "");

    private NewCommitStatus Status(CommitState state) => new()
    {
        State = state.Passed ? Octokit.CommitState.Success : state.Conclusive ? Octokit.CommitState.Failure : Octokit.CommitState.Error,
        Context = state.Name,
        Description = Cut(state.Title),
        TargetUrl = context.RunAddress?.ToString(),
    };
}

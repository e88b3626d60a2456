using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing.Gitea;

/// <summary>
/// Gitea or Forgejo, by the REST interface that both have. A token needs to read and write the repository and its issues; to be told
/// what others may do it has to be of an administrator of the repository.
/// </summary>
internal sealed class GiteaHost(HostRequests requests, CodeHostContext context) : RestHost(
    requests,
    new($"{Repository(context)}/issues/{context.Request}/comments", page => $"limit=50&page={page}")
    {
        One = id => string.Create(CultureInfo.InvariantCulture, $"{Repository(context)}/issues/comments/{id}"),
        ChangeBy = HttpMethod.Patch,
        Read = comment => new(comment["id"]!.GetValue<long>(), comment.Text("body") ?? "", comment["user"]?.Text("login") ?? ""),
    }), ICommentReactions
{
    private const int LongestDescription = 255;
    private static readonly string[] Writing = ["owner", "admin", "write"];

    public override string Name => "Gitea";

    // It takes any length; what GitHub takes is more than anybody reads.
    public override CommentForm Form { get; } = new(65_536);

    public override Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken) => StatusAsync(
        context.Commit, state.Name, state.Passed ? "success" : state.Conclusive ? "failure" : "error", state.Title, cancellationToken);

    // There is no list of deployments.
    public override Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken) => StatusAsync(
        state.Commit ?? context.Commit, $"deploy/{state.Environment}",
        state.Succeeded ? "success" : state.Conclusive ? "failure" : "error", state.Description, cancellationToken);

    public override async Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken) =>
        await Requests.FindAsync($"{Repository(context)}/collaborators/{Uri.EscapeDataString(person)}/permission", cancellationToken)
            is { } right && Writing.Contains(right.Json.Text("permission"));

    public Task ReactAsync(long comment, bool taken, CancellationToken cancellationToken) => Requests.SendAsync(
        HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"{Repository(context)}/issues/comments/{comment}/reactions"),
        new JsonObject { ["content"] = taken ? "rocket" : "-1" }, cancellationToken);

    /// <summary>Path of the repository.</summary>
    internal static string Repository(CodeHostContext context) =>
        $"repos/{string.Join('/', context.Project.Split('/').Select(Uri.EscapeDataString))}";

    protected override async Task<string> AskAuthorAsync(CancellationToken cancellationToken) =>
        (await Requests.GetAsync("user", cancellationToken)).Json.Text("login") ?? "";

    private async Task<string> StatusAsync(
        string commit, string name, string state, string description, CancellationToken cancellationToken)
    {
        await Requests.SendAsync(
            HttpMethod.Post, $"{Repository(context)}/statuses/{commit}",
            new JsonObject
            {
                ["context"] = name, ["state"] = state, ["description"] = CommentBody.Line(description, LongestDescription),
                ["target_url"] = context.RunAddress?.ToString() ?? "",
            },
            cancellationToken);
        return "commit status";
    }
}

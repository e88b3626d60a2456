using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;

namespace MlOpsBuild.Reporting.Publishing.Bitbucket;

/// <summary>
/// Bitbucket Cloud. An access token of the repository needs the scopes <c>pullrequest:write</c> and <c>repository:write</c>; to be told
/// what others may do, <c>repository:admin</c>. Its Markdown knows no HTML: nothing folds, and the marker is a definition of a link.
/// </summary>
internal sealed class BitbucketHost(HostRequests requests, CodeHostContext context) : RestHost(
    requests,
    new($"{Repository(context)}/pullrequests/{context.Request}/comments", page => $"pagelen=100&page={page}&sort=created_on")
    {
        New = body => new() { ["content"] = new JsonObject { ["raw"] = body } },
        List = page => page["values"]?.AsArray() ?? [],
        Read = Comment,
    })
{
    private const string AccessToken = "access token";
    private const int LongestKey = 40;
    private const int LongestText = 255;

    public override string Name => "Bitbucket";

    public override CommentForm Form { get; } = new(32_768) { Folds = false, DrawsMermaid = false, HidesComments = false };

    public override Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken) =>
        StatusAsync(context.Commit, state.Name, state.Passed, state.Conclusive, state.Title, cancellationToken);

    // Deployments are listed of Bitbucket's own pipelines only.
    public override Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken) => StatusAsync(
        state.Commit ?? context.Commit, $"deploy/{state.Environment}", state.Succeeded, state.Conclusive, state.Description,
        cancellationToken);

    // Permissions by groups are in it; people are known by their number, which nobody chooses.
    public override async Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(person, "B", out var number))
        {
            return false;
        }

        var (workspace, name) = Names(context);
        var query = Uri.EscapeDataString($"user.uuid=\"{number:B}\"");
        return (await Requests.GetAsync($"workspaces/{workspace}/permissions/repositories/{name}?q={query}", cancellationToken))
            .Json.Items("values")
            .Any(right => Guid.TryParse(right["user"].Text("uuid"), out var found) && found == number
                && right.Text("permission") is "write" or "admin");
    }

    /// <summary>Path of the repository.</summary>
    internal static string Repository(CodeHostContext context) =>
        Names(context) is var (workspace, name) ? $"repositories/{workspace}/{name}" : "";

    // Access tokens are asked by nobody who they are. What they write is of an application, which only administrators let in; what people
    // write never is.
    protected override async Task<string> AskAuthorAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Requests.GetAsync("user", cancellationToken)).Json.Text("uuid") ?? "";
        }
        catch (HostRefusedException refused) when (refused.IsForbidden && context.User == null)
        {
            return AccessToken;
        }
    }

    private async Task<string> StatusAsync(
        string commit, string name, bool passed, bool conclusive, string description, CancellationToken cancellationToken)
    {
        var status = new JsonObject
        {
            ["key"] = Key(name), ["name"] = CommentBody.Line(name, LongestText),
            ["description"] = CommentBody.Line(description, LongestText),
            ["state"] = passed ? "SUCCESSFUL" : conclusive ? "FAILED" : "STOPPED",
            ["url"] = (context.RunAddress ?? context.Repository ?? new Uri($"https://bitbucket.org/{context.Project}")).ToString(),
        };
        if (commit == context.Commit && context.Reference is { } branch)
        {
            // Only then it counts for the pull request.
            status["refname"] = branch;
        }

        await Requests.SendAsync(HttpMethod.Post, $"{Repository(context)}/commit/{commit}/statuses/build", status, cancellationToken);
        return "build status";
    }

    // A long name still has one key of its own.
    private static string Key(string name) => name.Length <= LongestKey
        ? name
        : $"{name[..(LongestKey - 9)]}-{Digest.Of(Encoding.UTF8.GetBytes(name)).Hex[..8]}";

    private static (string Workspace, string Name) Names(CodeHostContext context) =>
        context.Project.Split('/', 2) is [var workspace, var name] ? (Uri.EscapeDataString(workspace), Uri.EscapeDataString(name))
            : throw new HostRefusedException(System.Net.HttpStatusCode.NotFound, $"'{context.Project}' is not WORKSPACE/NAME");

    // One that was taken away stays in the list, without its text; one beside a line is no report.
    private static HostComment? Comment(JsonNode comment) => comment.Says("deleted") || comment["inline"] != null ? null : new(
        comment["id"]!.GetValue<long>(), comment["content"].Text("raw") ?? "",
        comment["user"].Text("type") == "app_user"
            && comment["user"].Text("kind")?.EndsWith("access_token", StringComparison.Ordinal) == true
            ? AccessToken
            : comment["user"].Text("uuid") ?? "");
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing.AzureDevOps;

/// <summary>
/// Azure DevOps, in the cloud or one's own server, by its REST interface 7.1. A comment is a thread whose first comment is the report; the
/// thread is closed, so that a policy that asks for open threads to be resolved does not wait for it: the status says the verdict. The
/// build's own identity needs <c>Contribute to pull requests</c>; a personal token, <c>Code (Status)</c> and <c>Pull Request Threads</c>.
/// </summary>
internal sealed class AzureDevOpsHost(HostRequests requests, CodeHostContext context) : RestHost(
    requests,
    new(Threads(context), _ => Version)
    {
        Create = $"{Threads(context)}?{Version}",
        One = id => string.Create(CultureInfo.InvariantCulture, $"{Threads(context)}/{id}?{Version}"),
        Change = id => string.Create(CultureInfo.InvariantCulture, $"{Threads(context)}/{id}/comments/1?{Version}"),
        ChangeBy = HttpMethod.Patch,
        New = body => new()
        {
            ["comments"] = new JsonArray(new JsonObject { ["parentCommentId"] = 0, ["content"] = body, ["commentType"] = "text" }),
            ["status"] = "closed",
        },
        Changed = body => new() { ["content"] = body },
        List = threads => threads["value"]?.AsArray() ?? [],
        Read = Report,
    })
{
    /// <summary>What every request says.</summary>
    internal const string Version = "api-version=7.1";
    private const int LongestDescription = 1_000;

    public override string Name => "Azure DevOps";

    public override CommentForm Form { get; } = new(150_000) { DrawsMermaid = false, HidesComments = false };

    // Beside the commit for whoever looks at it, and on the request, where policies ask for it.
    public override async Task<string> ShowAsync(CommitState state, CancellationToken cancellationToken)
    {
        string[] places = context.Request == null ? ["commits/" + context.Commit]
            : ["commits/" + context.Commit, "pullRequests/" + context.Request];
        foreach (var place in places)
        {
            await StatusAsync(place, state.Name, state.Passed, state.Conclusive, state.Title, cancellationToken);
        }

        return places.Length == 1 ? "commit status" : "status of commit and pull request";
    }

    // Deployments are listed of the environments that a pipeline's file names only.
    public override async Task<string> DeployAsync(DeploymentState state, CancellationToken cancellationToken)
    {
        await StatusAsync(
            $"commits/{state.Commit ?? context.Commit}", $"deploy/{state.Environment}", state.Succeeded, state.Conclusive,
                state.Description,
            cancellationToken);
        return "commit status";
    }

    public override Task<bool> MayWriteAsync(string person, CancellationToken cancellationToken) =>
        new AzureDevOpsRights(Requests, context).MayWriteAsync(person, cancellationToken);

    /// <summary>Path of the repository.</summary>
    internal static string Repository(CodeHostContext context) => context.Project.Split('/', 2) is [var project, var name]
        ? $"{Uri.EscapeDataString(project)}/_apis/git/repositories/{Uri.EscapeDataString(name)}"
        : throw new HostRefusedException(System.Net.HttpStatusCode.NotFound, $"'{context.Project}' is not PROJECT/REPOSITORY");

    protected override async Task<string> AskAuthorAsync(CancellationToken cancellationToken) =>
        (await Requests.GetAsync("_apis/connectionData?api-version=7.1-preview.1", cancellationToken))
            .Json["authenticatedUser"].Text("id") ?? "";

    // Names are in two parts here.
    private Task<HostAnswer> StatusAsync(
        string place, string name, bool passed, bool conclusive, string description, CancellationToken cancellationToken)
    {
        var (genre, rest) = name.Split('/', 2) is [var first, var others] ? (first, others) : ("mlops", name);
        return Requests.SendAsync(
            HttpMethod.Post, $"{Repository(context)}/{place}/statuses?{Version}",
            new JsonObject
            {
                ["state"] = passed ? "succeeded" : conclusive ? "failed" : "error",
                ["description"] = CommentBody.Line(description, LongestDescription), ["targetUrl"] = context.RunAddress?.ToString(),
                ["context"] = new JsonObject { ["genre"] = genre, ["name"] = rest },
            },
            cancellationToken);
    }

    private static string Threads(CodeHostContext context) => $"{Repository(context)}/pullRequests/{context.Request}/threads";

    // A thread that is deleted, or beside a line, is no report; nor is what the host says itself.
    private static HostComment? Report(JsonNode thread) =>
        thread.Says("isDeleted") || thread["threadContext"] is JsonObject
            || thread.Items("comments").FirstOrDefault() is not { } first || first.Says("isDeleted")
                || first.Text("commentType") == "system"
            ? null
            : new(thread["id"]!.GetValue<long>(), first.Text("content") ?? "", first["author"].Text("id") ?? "");
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Merge requests of a project on GitLab; the token needs the scope <c>api</c> and the role Developer.</summary>
internal sealed class GitLabChangeRequests(HostRequests requests, CodeHostContext context) : IChangeRequests
{
    private readonly string _project = $"projects/{Uri.EscapeDataString(context.Project)}";

    public string Name => "GitLab";

    public int LongestBody => 1_000_000;

    public async Task<ProposedChange> ProposeAsync(ChangeProposal proposal, CancellationToken cancellationToken)
    {
        var project = await requests.SendAsync(HttpMethod.Get, _project, null, cancellationToken);
        var onto = project.Json["default_branch"]!.GetValue<string>();
        await requests.SendAsync(
            HttpMethod.Post, $"{_project}/repository/commits",
            new JsonObject
            {
                ["branch"] = proposal.Branch, ["start_branch"] = onto, ["force"] = true, ["commit_message"] = proposal.Title,
                ["actions"] = new JsonArray(new JsonObject
                {
                    ["action"] = await IsThereAsync(proposal.Path, onto, cancellationToken) ? "update" : "create",
                    ["file_path"] = proposal.Path, ["content"] = proposal.Content,
                }),
            },
            cancellationToken);
        var open = (await requests.SendAsync(
            HttpMethod.Get,
            $"{_project}/merge_requests?state=opened&source_branch={Uri.EscapeDataString(proposal.Branch)}&target_branch={Uri.EscapeDataString(onto)}",
            null, cancellationToken)).Json.AsArray().FirstOrDefault();
        var fields = new JsonObject { ["title"] = proposal.Title, ["description"] = proposal.Body };
        var answer = open == null
            ? await requests.SendAsync(
                HttpMethod.Post, $"{_project}/merge_requests",
                new JsonObject(
                [
                    .. fields.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())),
                    new("source_branch", proposal.Branch), new("target_branch", onto), new("remove_source_branch", true),
                ]),
                cancellationToken)
            : await requests.SendAsync(HttpMethod.Put, $"{_project}/merge_requests/{open["iid"]}", fields, cancellationToken);
        return new(answer.Json["iid"]!.GetValue<int>(), answer.Json["web_url"]?.GetValue<string>() ?? "", open == null);
    }

    private async Task<bool> IsThereAsync(string path, string branch, CancellationToken cancellationToken)
    {
        try
        {
            await requests.SendAsync(
                HttpMethod.Get, $"{_project}/repository/files/{Uri.EscapeDataString(path)}?ref={Uri.EscapeDataString(branch)}", null,
                cancellationToken);
            return true;
        }
        catch (HostRefusedException gone) when (gone.IsGone)
        {
            return false;
        }
    }
}

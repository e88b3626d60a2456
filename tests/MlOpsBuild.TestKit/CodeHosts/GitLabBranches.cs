using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Branches, commits and merge requests of a project on GitLab.</summary>
internal sealed class GitLabBranches(FakeGitLab host)
{
    public HostAnswer Project() => new(200, new JsonObject { ["id"] = host.ProjectId, ["default_branch"] = FakeBranches.Default });

    public HostAnswer File(HostCall call, string path) => !call.Query.TryGetValue("ref", out var branch)
        ? GitLabAnswers.Error(400, "ref is missing")
        : host.Branches.HeadOf(branch) != null && host.Branches.Files(branch).ContainsKey(path)
            ? new(200, new JsonObject { ["file_path"] = path })
        : GitLabAnswers.NotFound("File");

    public HostAnswer Commit(JsonObject fields)
    {
        if (!host.MayPush)
        {
            return GitLabAnswers.Forbidden;
        }

        if (fields.Lacking("branch", "commit_message", "actions") is { } lacking)
        {
            return lacking;
        }

        var (branch, start) = (fields.Value("branch")!, fields.Value("start_branch") ?? fields.Value("branch")!);
        if (host.Branches.HeadOf(branch) != null && start != branch && fields.Value("force") != "true")
        {
            return GitLabAnswers.BadRequest($"A branch called '{branch}' already exists. Switch to that branch in order to make changes");
        }

        var head = host.Branches.HeadOf(start)!;
        var files = host.Branches.Under(head).ToDictionary();
        foreach (var action in fields["actions"]!.AsArray())
        {
            var (verb, path) = (action!["action"]!.GetValue<string>(), action["file_path"]!.GetValue<string>());
            if (verb == "create" && files.ContainsKey(path))
            {
                return GitLabAnswers.BadRequest("A file with this name already exists");
            }

            if (verb == "update" && !files.ContainsKey(path))
            {
                return GitLabAnswers.BadRequest("A file with this name doesn't exist");
            }

            files[path] = action["content"]!.GetValue<string>();
        }

        host.Branches.Move(branch, host.Branches.Commit(host.Branches.Tree(files), head));
        return new(201, new JsonObject { ["id"] = host.Branches.HeadOf(branch) });
    }

    public HostAnswer Requests(HostCall call, JsonObject fields) => call.Method switch
    {
        "GET" => GitLabPage.Of(
            host, call,
            host.Branches.Changes.Where(change => call.Query.GetValueOrDefault("source_branch", change.Branch) == change.Branch), Json),
        "POST" when !host.MayPush => GitLabAnswers.Forbidden,
        "POST" => fields.Lacking("title", "source_branch", "target_branch")
            ?? (host.Branches.Changes.Any(change => change.Branch == fields.Value("source_branch"))
                ? HostAnswer.Message(409, "Another open merge request already exists for this source branch")
                : new(201, Json(host.Branches.Propose(
                    fields.Value("source_branch")!, fields.Value("title")!, fields.Value("description") ?? "")))),
        _ => GitLabAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string iid, JsonObject fields)
    {
        if (host.Branches.Find(iid) is not { } change)
        {
            return GitLabAnswers.NotFound("Merge Request");
        }

        if (call.Method == "PUT")
        {
            change.Title = fields.Value("title") ?? change.Title;
            change.Body = fields.Value("description") ?? change.Body;
        }

        return new(200, Json(change));
    }

    private JsonObject Json(FakeChange change) => new()
    {
        ["id"] = 5000 + change.Number, ["iid"] = change.Number, ["title"] = change.Title, ["description"] = change.Body,
        ["state"] = "opened", ["source_branch"] = change.Branch,
        ["web_url"] = $"https://gitlab.com/{host.ProjectPath}/-/merge_requests/{change.Number}",
    };
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Branches, commits and pull requests of a repository on GitHub.</summary>
internal sealed class GitHubBranches(FakeGitHub host)
{
    private const int LongestBody = 65_536;

    public HostAnswer Repository() => new(200, new JsonObject { ["id"] = 1, ["name"] = "shop", ["default_branch"] = FakeBranches.Default });

    public HostAnswer Git(HostCall call, string[] path, JsonObject fields) => (call.Method, path) switch
    {
        ("GET", ["ref" or "refs", "heads", .. var name]) => host.Branches.HeadOf(string.Join('/', name)) is { } head
            ? new(200, Reference(string.Join('/', name), head))
            : GitHubAnswers.NotFound,
        (not "GET", _) when !host.MayPush => GitHubAnswers.Forbidden,
        ("POST", ["trees"]) => Tree(fields),
        ("POST", ["commits"]) => Commit(fields),
        ("POST", ["refs"]) => NewReference(fields),
        ("PATCH", ["refs", "heads", .. var name]) => MoveReference(string.Join('/', name), fields),
        _ => GitHubAnswers.NotFound,
    };

    public HostAnswer Propose(JsonObject fields)
    {
        if (!host.MayPush)
        {
            return GitHubAnswers.Forbidden;
        }

        var (branch, body) = (fields.Text("head") ?? "", fields.Text("body") ?? "");
        return GitHubRules.Required(fields, "title", "head", "base") is { } problem ? GitHubAnswers.Invalid(problem)
            : host.Branches.HeadOf(branch) == null ? GitHubAnswers.Failed("PullRequest", "head", "invalid")
            : host.Branches.Changes.Any(change => change.Branch == branch)
                ? GitHubAnswers.Failed("PullRequest", "head", $"A pull request already exists for {branch}.")
            : body.Characters() > LongestBody ? GitHubAnswers.Failed("PullRequest", "body", "is too long")
            : new(201, Json(host.Branches.Propose(branch, fields.Text("title")!, body)));
    }

    public HostAnswer Change(HostCall call, string number, JsonObject fields)
    {
        if (call.Method != "PATCH" || host.Branches.Find(number) is not { } change)
        {
            return GitHubAnswers.NotFound;
        }

        change.Title = fields.Text("title") ?? change.Title;
        change.Body = fields.Text("body") ?? change.Body;
        return new(200, Json(change));
    }

    public IEnumerable<JsonObject> Open(string? head) => host.Branches.Changes
        .Where(change => head == null || head == $"{host.Repository.Split('/')[0]}:{change.Branch}")
        .Select(Json);

    private HostAnswer Tree(JsonObject fields)
    {
        var files = fields.Text("base_tree") is { } basis ? host.Branches.Under(basis).ToDictionary() : [];
        foreach (var item in fields["tree"]!.AsArray())
        {
            if (item!["mode"]?.GetValue<string>() != "100644" || item["type"]?.GetValue<string>() != "blob")
            {
                return GitHubAnswers.Failed("Tree", "tree", "tree.mode contains an invalid value");
            }

            files[item["path"]!.GetValue<string>()] = item["content"]!.GetValue<string>();
        }

        return new(201, new JsonObject { ["sha"] = host.Branches.Tree(files), ["tree"] = new JsonArray() });
    }

    private HostAnswer Commit(JsonObject fields) =>
        GitHubRules.Required(fields, "message", "tree") is { } problem ? GitHubAnswers.Invalid(problem)
        : host.Branches.KnowsTree(fields.Text("tree")!)
            ? new(201, new JsonObject
            {
                ["sha"] = host.Branches.Commit(fields.Text("tree")!, fields["parents"]?.AsArray().FirstOrDefault()?.GetValue<string>()),
            })
        : GitHubAnswers.Failed("Commit", "tree", "Tree SHA does not exist");

    private HostAnswer NewReference(JsonObject fields)
    {
        var name = fields.Text("ref") ?? "";
        if (!name.StartsWith("refs/heads/", StringComparison.Ordinal) || !host.Branches.Knows(fields.Text("sha") ?? ""))
        {
            return HostAnswer.Message(422, "Reference name must start with 'refs/' and contain at least two slashes.");
        }

        var branch = name["refs/heads/".Length..];
        if (host.Branches.HeadOf(branch) != null)
        {
            return HostAnswer.Message(422, "Reference already exists");
        }

        host.Branches.Move(branch, fields.Text("sha")!);
        return new(201, Reference(branch, fields.Text("sha")!));
    }

    private HostAnswer MoveReference(string branch, JsonObject fields)
    {
        if (host.Branches.HeadOf(branch) == null)
        {
            return HostAnswer.Message(422, "Reference does not exist");
        }

        if (fields["force"]?.GetValue<bool>() != true)
        {
            return HostAnswer.Message(422, "Update is not a fast forward");
        }

        host.Branches.Move(branch, fields.Text("sha")!);
        return new(200, Reference(branch, fields.Text("sha")!));
    }

    private static JsonObject Reference(string branch, string commit) => new()
    {
        ["ref"] = $"refs/heads/{branch}", ["object"] = new JsonObject { ["type"] = "commit", ["sha"] = commit },
    };

    private JsonObject Json(FakeChange change) => new()
    {
        ["id"] = 5000 + change.Number, ["number"] = change.Number, ["state"] = "open", ["title"] = change.Title, ["body"] = change.Body,
        ["html_url"] = $"https://github.com/{host.Repository}/pull/{change.Number}",
        ["head"] = new JsonObject { ["ref"] = change.Branch, ["sha"] = host.Branches.HeadOf(change.Branch) },
    };
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Issues of a repository on GitHub.</summary>
internal sealed class GitHubIssues(FakeGitHub host)
{
    private const int DefaultPage = 30;

    public HostAnswer List(HostCall call, JsonObject fields) => call.Method switch
    {
        "GET" => Page(call),
        "POST" when !host.MayIssue => GitHubAnswers.Forbidden,
        "POST" => GitHubRules.Required(fields, "title") is { } problem ? GitHubAnswers.Invalid(problem)
            : new(201, Json(host.IssueList.Add(
                fields.Text("title")!, fields.Text("body") ?? "",
                [.. (fields["labels"] as JsonArray ?? []).Select(label => label!.GetValue<string>())]))),
        _ => GitHubAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string number, JsonObject fields)
    {
        if (host.IssueList.Find(number) is not { } issue)
        {
            return GitHubAnswers.NotFound;
        }

        if (call.Method == "GET")
        {
            return new(200, Json(issue));
        }

        if (call.Method != "PATCH")
        {
            return GitHubAnswers.NotAllowed;
        }

        if (!host.MayIssue)
        {
            return GitHubAnswers.Forbidden;
        }

        var problem = GitHubRules.OneOf(fields, "state", "open", "closed")
            ?? GitHubRules.OneOf(fields, "state_reason", "completed", "not_planned", "reopened", "duplicate");
        if (problem != null)
        {
            return GitHubAnswers.Invalid(problem);
        }

        issue.Title = fields.Text("title") ?? issue.Title;
        issue.Body = fields.Text("body") ?? issue.Body;
        issue.IsOpen = fields.Has("state") ? fields.Text("state") == "open" : issue.IsOpen;
        return new(200, Json(issue));
    }

    private HostAnswer Page(HostCall call)
    {
        var open = call.Query.GetValueOrDefault("state", "open") == "open"
            ? host.IssueList.Open(call.Query.GetValueOrDefault("labels"))
            : host.IssueList.All;
        var page = new HostPage<FakeIssue>([.. open], call.Query, DefaultPage);
        return new(200, new JsonArray([.. page.Items.Select(Json)]));
    }

    private static JsonObject Json(FakeIssue issue) => new()
    {
        ["id"] = 9000 + issue.Number, ["number"] = issue.Number, ["title"] = issue.Title, ["body"] = issue.Body,
        ["state"] = issue.IsOpen ? "open" : "closed", ["created_at"] = "2026-11-21T12:00:00Z",
        ["labels"] = new JsonArray([.. issue.Labels.Select(label => new JsonObject { ["name"] = label })]),
    };
}

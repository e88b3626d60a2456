using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Issues of a project on GitLab.</summary>
internal sealed class GitLabIssues(FakeGitLab host)
{
    public HostAnswer List(HostCall call, JsonObject fields) => call.Method switch
    {
        "GET" => fields.Outside("state", "opened", "closed", "all")
            ?? GitLabPage.Of(host, call, host.IssueList.Open(call.Query.GetValueOrDefault("labels")), Json),
        "POST" when !host.MayIssue => GitLabAnswers.Forbidden,
        "POST" => fields.Lacking("title") ?? new HostAnswer(201, Json(host.IssueList.Add(
            fields.Value("title")!, fields.Value("description") ?? "", (fields.Value("labels") ?? "").Split(',')))),
        _ => GitLabAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string iid, JsonObject fields)
    {
        if (host.IssueList.Find(iid) is not { } issue)
        {
            return GitLabAnswers.NotFound("Issue");
        }

        if (call.Method != "PUT")
        {
            return call.Method == "GET" ? new(200, Json(issue)) : GitLabAnswers.NotAllowed;
        }

        if (!host.MayIssue)
        {
            return GitLabAnswers.Forbidden;
        }

        if (fields.Outside("state_event", "close", "reopen") is { } refusal)
        {
            return refusal;
        }

        issue.Title = fields.Value("title") ?? issue.Title;
        issue.Body = fields.Value("description") ?? issue.Body;
        issue.IsOpen = fields.Has("state_event") ? fields.Value("state_event") == "reopen" : issue.IsOpen;
        return new(200, Json(issue));
    }

    private static JsonObject Json(FakeIssue issue) => new()
    {
        ["id"] = 9000 + issue.Number, ["iid"] = issue.Number, ["title"] = issue.Title, ["description"] = issue.Body,
        ["state"] = issue.IsOpen ? "opened" : "closed", ["labels"] = new JsonArray([.. issue.Labels.Select(label => (JsonNode)label)]),
    };
}

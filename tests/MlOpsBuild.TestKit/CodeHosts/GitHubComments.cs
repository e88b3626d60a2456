using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Comments of issues and pull requests on GitHub: listed by id, whoever wrote them.</summary>
internal sealed class GitHubComments(FakeGitHub host)
{
    private const int DefaultPage = 30;
    private const int LongestBody = 65_536;

    public HostAnswer Thread(HostCall call, string number, JsonObject fields)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
        {
            return GitHubAnswers.NotFound;
        }

        return call.Method switch
        {
            "GET" => List(call, thread),
            "POST" => (host.MayComment ? Problem(fields) : GitHubAnswers.Forbidden) ?? Create(thread, fields),
            _ => GitHubAnswers.NotAllowed,
        };
    }

    public HostAnswer One(HostCall call, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PATCH" or "DELETE"))
        {
            return GitHubAnswers.NotAllowed;
        }

        if (host.Notes.FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == id) is not { } comment)
        {
            return GitHubAnswers.NotFound;
        }

        if (call.Method == "GET")
        {
            return new(200, Json(comment));
        }

        if (!host.MayComment || (!host.MayEditOthers && comment.Author != host.Viewer))
        {
            return GitHubAnswers.Forbidden;
        }

        if (call.Method == "DELETE")
        {
            host.Notes.Remove(comment);
            return new(204);
        }

        if (Problem(fields) is { } problem)
        {
            return problem;
        }

        host.Notes.Edit(comment, fields.Text("body")!);
        return new(200, Json(comment));
    }

    private HostAnswer List(HostCall call, long thread)
    {
        var page = new HostPage<FakeComment>(
            [.. host.Notes.Where(each => (each.Thread ?? thread) == thread).OrderBy(each => each.Id)], call.Query, DefaultPage);
        var answer = new HostAnswer(200, new JsonArray([.. page.Items.Select(Json)]));
        if (page.Links(new(host.Address, call.Request.Path.Split('?')[0])) is { Length: > 0 } links)
        {
            answer.Headers["Link"] = links;
        }

        return answer;
    }

    private HostAnswer Create(long thread, JsonObject fields)
    {
        var comment = new FakeComment(0, fields.Text("body")!, host.Viewer) { Thread = thread };
        host.Notes.Add(comment);
        return new(201, Json(comment));
    }

    private static HostAnswer? Problem(JsonObject fields)
    {
        if (GitHubRules.Required(fields, "body") is { } problem)
        {
            return GitHubAnswers.Invalid(problem);
        }

        var body = fields.Text("body")!;
        return string.IsNullOrWhiteSpace(body) ? GitHubAnswers.Failed("IssueComment", "data", "Body cannot be blank")
            : body.Characters() > LongestBody
                ? GitHubAnswers.Failed("IssueComment", "data", $"Body is too long (maximum is {LongestBody} characters)")
            : null;
    }

    private JsonObject Json(FakeComment comment) => new()
    {
        ["id"] = comment.Id,
        ["node_id"] = $"IC_{comment.Id}",
        ["url"] = $"{host.Address}repos/{host.Repository}/issues/comments/{comment.Id}",
        ["html_url"] = $"https://github.com/{host.Repository}/pull/{comment.Thread ?? 1}#issuecomment-{comment.Id}",
        ["body"] = comment.Body,
        ["user"] = new JsonObject
        {
            ["login"] = comment.Author, ["type"] = comment.Author.EndsWith("[bot]", StringComparison.Ordinal) ? "Bot" : "User"
        },
        ["created_at"] = Time(comment.CreatedAt),
        ["updated_at"] = Time(comment.UpdatedAt),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

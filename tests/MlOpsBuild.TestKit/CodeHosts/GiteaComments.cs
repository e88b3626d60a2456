using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Comments of issues and pull requests on Gitea: all of them in one answer, whatever page is asked for.</summary>
internal sealed class GiteaComments(FakeGitea host)
{
    private static readonly string[] Contents = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];

    public List<(long Comment, string Content)> Reactions { get; } = [];

    public HostAnswer Thread(HostCall call, string number, JsonObject fields)
    {
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
        {
            return FakeGitea.NotFound;
        }

        return call.Method switch
        {
            "GET" => List(thread),
            "POST" => (host.MayComment ? Problem(fields) : HostAnswer.Message(403, "user should have a permission to write to a repo"))
                ?? Create(thread, fields),
            _ => FakeGitea.NotAllowed,
        };
    }

    public HostAnswer One(HostCall call, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PATCH" or "DELETE"))
        {
            return FakeGitea.NotAllowed;
        }

        if (Find(id) is not { } comment)
        {
            return FakeGitea.NotFound;
        }

        if (call.Method == "GET")
        {
            return new(200, Json(comment));
        }

        // A refusal without a word, as it is.
        if (!host.MayComment || (!host.MayEditOthers && comment.Author != host.Viewer))
        {
            return new(403);
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

    public HostAnswer React(HostCall call, string id, JsonObject fields)
    {
        if (call.Method != "POST")
        {
            return FakeGitea.NotAllowed;
        }

        if (Find(id) is not { } comment)
        {
            return FakeGitea.NotFound;
        }

        if (!host.MayComment || !Contents.Contains(fields.Text("content")))
        {
            return HostAnswer.Message(403, $"'{fields.Text("content")}' is not an allowed reaction");
        }

        Reactions.Add((comment.Id, fields.Text("content")!));
        return new(201, new JsonObject { ["content"] = fields.Text("content"), ["user"] = new JsonObject { ["login"] = host.Viewer } });
    }

    private FakeComment? Find(string id) =>
        host.Notes.FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == id);

    private HostAnswer List(long thread)
    {
        var all = host.Notes.Where(each => (each.Thread ?? thread) == thread)
            .OrderBy(each => each.CreatedAt).ThenBy(each => each.Id).ToList();
        var answer = new HostAnswer(200, new JsonArray([.. all.Select(Json)]));
        answer.Headers["X-Total-Count"] = all.Count.ToString(CultureInfo.InvariantCulture);
        return answer;
    }

    private HostAnswer Create(long thread, JsonObject fields)
    {
        var comment = new FakeComment(0, fields.Text("body")!, host.Viewer) { Thread = thread };
        host.Notes.Add(comment);
        return new(201, Json(comment));
    }

    private static HostAnswer? Problem(JsonObject fields) =>
        fields.Unknown("body") is { } unknown ? FakeGitea.Invalid($"[{unknown}]: Unknown")
        : string.IsNullOrEmpty(fields.Text("body")) ? FakeGitea.Invalid("[Body]: Required")
        : null;

    private JsonObject Json(FakeComment comment) => new()
    {
        ["id"] = comment.Id, ["body"] = comment.Body,
        ["user"] = new JsonObject { ["login"] = comment.Author, ["username"] = comment.Author },
        ["html_url"] = $"{host.Address.GetLeftPart(UriPartial.Authority)}/{host.Repository}/pulls/{comment.Thread ?? 1}#issuecomment-{comment.Id}",
        ["created_at"] = comment.CreatedAt, ["updated_at"] = comment.UpdatedAt,
    };
}

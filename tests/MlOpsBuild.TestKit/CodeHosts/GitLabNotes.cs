using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Notes of merge requests on GitLab: the newest first unless asked otherwise.</summary>
internal sealed class GitLabNotes(FakeGitLab host)
{
    private const int LongestNote = 1_000_000;

    public HostAnswer List(HostCall call, long thread, JsonObject fields) => call.Method switch
    {
        "GET" => Page(call, thread),
        "POST" when !host.MayComment => GitLabAnswers.Forbidden,
        "POST" => Refusal(fields) ?? Create(thread, fields),
        _ => GitLabAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, long thread, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PUT" or "DELETE"))
        {
            return GitLabAnswers.NotAllowed;
        }

        if (Of(thread).FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == id) is not { } note)
        {
            return GitLabAnswers.NotFound("Note");
        }

        if (call.Method == "GET")
        {
            return new(200, Json(note));
        }

        if (!host.MayComment || (!host.MayEditOthers && note.Author != host.Viewer))
        {
            return GitLabAnswers.Forbidden;
        }

        if (call.Method == "DELETE")
        {
            host.Notes.Remove(note);
            return new(204);
        }

        if (Refusal(fields) is { } refusal)
        {
            return refusal;
        }

        host.Notes.Edit(note, fields.Value("body")!);
        return new(200, Json(note));
    }

    private IEnumerable<FakeComment> Of(long thread) => host.Notes.Where(each => (each.Thread ?? thread) == thread);

    private HostAnswer Page(HostCall call, long thread)
    {
        var (order, sort) = (call.Query.GetValueOrDefault("order_by", "created_at"), call.Query.GetValueOrDefault("sort", "desc"));
        if (order is not ("created_at" or "updated_at"))
        {
            return GitLabAnswers.Error(400, "order_by does not have a valid value");
        }

        if (sort is not ("asc" or "desc"))
        {
            return GitLabAnswers.Error(400, "sort does not have a valid value");
        }

        var notes = Of(thread).OrderBy(each => order == "created_at" ? each.CreatedAt : each.UpdatedAt).ThenBy(each => each.Id).ToList();
        return GitLabPage.Of(host, call, sort == "asc" ? notes : notes.AsEnumerable().Reverse(), Json);
    }

    private HostAnswer Create(long thread, JsonObject fields)
    {
        var note = new FakeComment(0, fields.Value("body")!, host.Viewer) { Thread = thread };
        host.Notes.Add(note);
        return new(201, Json(note));
    }

    private static HostAnswer? Refusal(JsonObject fields)
    {
        if (fields.Lacking("body") is { } lacking)
        {
            return lacking;
        }

        var body = fields.Value("body");
        return string.IsNullOrWhiteSpace(body) ? GitLabAnswers.BadRequest("Note {:note=>[\"can't be blank\"]}")
            : body.Characters() > LongestNote
                ? GitLabAnswers.BadRequest($"Note {{:note=>[\"is too long (maximum is {LongestNote} characters)\"]}}")
            : null;
    }

    private JsonObject Json(FakeComment note) => new()
    {
        ["id"] = note.Id,
        ["body"] = note.Body,
        ["author"] = new JsonObject { ["username"] = note.Author, ["name"] = note.Author },
        ["system"] = false,
        ["noteable_type"] = "MergeRequest",
        ["noteable_iid"] = note.Thread,
        ["project_id"] = host.ProjectId,
        ["created_at"] = Time(note.CreatedAt),
        ["updated_at"] = Time(note.UpdatedAt),
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

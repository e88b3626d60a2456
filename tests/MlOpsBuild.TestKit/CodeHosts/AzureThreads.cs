using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// Threads of pull requests on Azure DevOps, all of them in one answer: a report is the first comment of one. What was deleted stays, and
/// so does what the host says itself.
/// </summary>
internal sealed class AzureThreads(FakeAzureDevOps host)
{
    private const int LongestComment = 150_000;
    private static readonly string[] Statuses = ["active", "fixed", "wontFix", "closed", "byDesign", "pending"];
    private readonly List<FakeComment> _deleted = [];
    private readonly Dictionary<FakeComment, string> _statuses = [];

    public string StatusOf(FakeComment comment) => _statuses.GetValueOrDefault(comment, "active");

    public HostAnswer All(HostCall call, string id, JsonObject fields) =>
        Request(id) is not { } request ? FakeAzureDevOps.NotFound("pull request")
        : call.Method switch
        {
            "GET" => new(200, new JsonObject { ["value"] = List(request), ["count"] = List(request).Count }),
            "POST" => (host.MayComment ? Problem(fields) : Forbidden) ?? Create(request, fields),
            _ => FakeAzureDevOps.NotAllowed,
        };

    public HostAnswer One(HostCall call, string id, string thread) =>
        Find(id, thread) is not { } found ? FakeAzureDevOps.NotFound("thread")
        : call.Method == "GET" ? new(200, Json(found))
        : FakeAzureDevOps.NotAllowed;

    public HostAnswer Comment(HostCall call, string id, string thread, string comment, JsonObject fields)
    {
        if (Find(id, thread) is not { } found || comment != "1" || _deleted.Contains(found))
        {
            return FakeAzureDevOps.NotFound("comment");
        }

        if (call.Method is not ("PATCH" or "DELETE"))
        {
            return FakeAzureDevOps.NotAllowed;
        }

        if (!host.MayComment || found.Author != host.Viewer)
        {
            return HostAnswer.Message(403, "TF401027: You need the Git 'PullRequestContribute' permission, or to be who wrote the comment.");
        }

        if (call.Method == "DELETE")
        {
            host.Notes.Remove(found);
            _deleted.Add(found);

            // Done, and not a word about it.
            return new(200);
        }

        if (ContentProblem(fields, "content") is { } problem)
        {
            return problem;
        }

        host.Notes.Edit(found, fields.Text("content")!);
        return new(200, CommentJson(found));
    }

    private static HostAnswer Forbidden =>
        HostAnswer.Message(403, "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.");

    private FakeComment? Find(string id, string thread) => Request(id) is not { } request ? null
        : host.Notes.Concat(_deleted).FirstOrDefault(each => (each.Thread ?? request) == request
            && each.Id.ToString(CultureInfo.InvariantCulture) == thread);

    private static long? Request(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private JsonArray List(long request) =>
    [
        new JsonObject
        {
            ["id"] = 900_001, ["isDeleted"] = false, ["comments"] = new JsonArray(new JsonObject
            {
                ["id"] = 1, ["commentType"] = "system", ["content"] = "ada voted 10", ["author"] = new JsonObject { ["id"] = host.Viewer },
            }),
        },
        .. host.Notes.Concat(_deleted).Where(each => (each.Thread ?? request) == request).OrderBy(each => each.Id).Select(Json),
    ];

    private HostAnswer Create(long request, JsonObject fields)
    {
        var comment = new FakeComment(0, ((JsonObject)((JsonArray)fields["comments"]!)[0]!).Text("content")!, host.Viewer)
            { Thread = request };
        host.Notes.Add(comment);
        _statuses[comment] = fields.Text("status") ?? "unknown";
        return new(200, Json(comment));
    }

    private static HostAnswer? Problem(JsonObject fields) =>
        fields.Unknown("comments", "status", "threadContext", "properties") is { } unknown
            ? HostAnswer.Message(400, $"unknown field {unknown}")
        : fields["comments"] is not JsonArray { Count: > 0 } comments || comments[0] is not JsonObject first
            ? HostAnswer.Message(400, "Value cannot be null. Parameter name: comments")
        : fields.Has("status") && !Statuses.Contains(fields.Text("status")) ? HostAnswer.Message(400, "Unknown status of a thread.")
        : first.Text("commentType") is not ("text" or "codeChange") ? HostAnswer.Message(400, "Unknown type of a comment.")
        : ContentProblem(first, "parentCommentId", "content", "commentType");

    private static HostAnswer? ContentProblem(JsonObject fields, params string[] known) =>
        fields.Unknown(known) is { } unknown ? HostAnswer.Message(400, $"unknown field {unknown}")
        : string.IsNullOrWhiteSpace(fields.Text("content")) ? HostAnswer.Message(400, "TF401075: A comment cannot be empty.")
        : fields.Text("content")!.Length > LongestComment
            ? HostAnswer.Message(400, $"A comment may have at most {LongestComment} characters.")
        : null;

    private JsonObject Json(FakeComment comment) => new()
    {
        ["id"] = comment.Id, ["status"] = StatusOf(comment), ["isDeleted"] = _deleted.Contains(comment), ["threadContext"] = null,
        ["publishedDate"] = comment.CreatedAt, ["comments"] = new JsonArray(CommentJson(comment)),
    };

    private JsonObject CommentJson(FakeComment comment)
    {
        var deleted = _deleted.Contains(comment);
        var json = new JsonObject
        {
            ["id"] = 1, ["parentCommentId"] = 0, ["commentType"] = "text", ["isDeleted"] = deleted,
            ["author"] = new JsonObject { ["id"] = comment.Author },
        };
        if (!deleted)
        {
            json["content"] = comment.Body;
        }

        return json;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>
/// Comments of pull requests on Bitbucket: ten on a page unless asked, and those that were deleted stay, without their text.
/// </summary>
internal sealed class BitbucketComments(FakeBitbucket host)
{
    private const int LongestText = 32_768;
    private readonly List<FakeComment> _deleted = [];

    public HostAnswer Thread(HostCall call, string id, JsonObject fields)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
        {
            return FakeBitbucket.NotFound;
        }

        return call.Method switch
        {
            "GET" => List(call, thread),
            "POST" => (host.MayComment ? Problem(fields) : Forbidden) ?? Create(thread, fields),
            _ => FakeBitbucket.NotAllowed,
        };
    }

    public HostAnswer One(HostCall call, string thread, string id, JsonObject fields)
    {
        var comment = host.Notes.Concat(_deleted).FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == id
            && (each.Thread?.ToString(CultureInfo.InvariantCulture) ?? thread) == thread);
        if (call.Method is not ("GET" or "PUT" or "DELETE") || comment == null)
        {
            return comment == null ? FakeBitbucket.NotFound : FakeBitbucket.NotAllowed;
        }

        if (call.Method == "GET")
        {
            return new(200, Json(comment));
        }

        if (_deleted.Contains(comment))
        {
            return FakeBitbucket.NotFound;
        }

        // Whoever wrote it changes it, and nobody else; administrators take any away.
        if (!host.MayComment || (comment.Author != host.Viewer && (call.Method == "PUT" || !host.MayEditOthers)))
        {
            return Forbidden;
        }

        if (call.Method == "DELETE")
        {
            host.Notes.Remove(comment);
            _deleted.Add(comment);
            return new(204);
        }

        if (Problem(fields) is { } problem)
        {
            return problem;
        }

        host.Notes.Edit(comment, fields.Inner("content")!.Text("raw")!);
        return new(200, Json(comment));
    }

    private static HostAnswer Forbidden =>
        FakeBitbucket.Refusal(403, "Your credentials lack one or more required privilege scopes.", "pullrequest:write");

    private HostAnswer List(HostCall call, long thread)
    {
        if (int.TryParse(call.Query.GetValueOrDefault("pagelen", "10"), out var size) && size is < 1 or > 100)
        {
            return FakeBitbucket.Refusal(400, "Invalid pagelen");
        }

        var all = host.Notes.Concat(_deleted).Where(each => (each.Thread ?? thread) == thread);
        IEnumerable<FakeComment> sorted = call.Query.GetValueOrDefault("sort", "created_on") switch
        {
            "created_on" => all.OrderBy(each => each.CreatedAt),
            "-created_on" => all.OrderByDescending(each => each.CreatedAt),
            _ => [],
        };
        var page = new HostPage<FakeComment>(
            [.. sorted], new Dictionary<string, string>(call.Query) { ["per_page"] = $"{size}" }, size);
        var body = new JsonObject
        {
            ["values"] = new JsonArray([.. page.Items.Select(Json)]), ["pagelen"] = page.Size, ["page"] = page.Number,
            ["size"] = page.Total,
        };
        if (page.Number < page.Last)
        {
            body["next"] = $"{new Uri(host.Address, call.Request.Path.Split('?')[0])}?pagelen={page.Size}&page={page.Number + 1}";
        }

        return new(200, body);
    }

    private HostAnswer Create(long thread, JsonObject fields)
    {
        var comment = new FakeComment(0, fields.Inner("content")!.Text("raw")!, host.Viewer) { Thread = thread };
        host.Notes.Add(comment);
        return new(201, Json(comment));
    }

    private static HostAnswer? Problem(JsonObject fields) =>
        fields.Unknown("content") is { } unknown ? FakeBitbucket.Refusal(400, "Bad request", $"extra keys not allowed: {unknown}")
        : fields.Inner("content") is not { } content || content.Unknown("raw") != null || string.IsNullOrWhiteSpace(content.Text("raw"))
            ? FakeBitbucket.Refusal(400, "Bad request", "content.raw: required key not provided")
        : content.Text("raw")!.Characters() > LongestText
            ? FakeBitbucket.Refusal(400, "Bad request", $"content.raw: longer than {LongestText} characters")
        : null;

    private JsonObject Json(FakeComment comment)
    {
        var deleted = _deleted.Contains(comment);
        var ofToken = comment.Author == host.Viewer && host.User == null;
        var user = new JsonObject { ["type"] = ofToken ? "app_user" : "user", ["uuid"] = comment.Author };
        if (ofToken)
        {
            user["kind"] = "repository_access_token";
        }

        return new()
        {
            ["id"] = comment.Id, ["type"] = "pullrequest_comment", ["deleted"] = deleted, ["user"] = user,
            ["content"] = new JsonObject { ["type"] = "rendered", ["markup"] = "markdown", ["raw"] = deleted ? "" : comment.Body },
            ["created_on"] = comment.CreatedAt, ["updated_on"] = comment.UpdatedAt,
        };
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The parts of the REST interface of Gitea and Forgejo that reports of a run use, with its refusals.</summary>
public sealed class FakeGitea : FakeCodeHost
{
    private readonly GiteaComments _comments;
    private readonly GiteaReviews _reviews;
    private readonly GiteaStatuses _statuses;

    /// <summary>Starts it, for the token that a run of its own actions gets.</summary>
    public FakeGitea()
        : base("api/v1/", "gitea-fixture", "gitea-actions") =>
        (_comments, _reviews, _statuses) = (new(this), new(this), new(this));

    /// <summary>The one repository it has.</summary>
    public string Repository { get; set; } = "acme/shop";

    /// <summary>The statuses of commits, each with its <c>sha</c>; the last of a context counts.</summary>
    public IReadOnlyList<JsonElement> Statuses => Copied(_statuses.All.Select(JsonFields.Frozen));

    /// <summary>Reactions to comments, in order.</summary>
    public IReadOnlyList<(long Comment, string Content)> Reactions => [.. _comments.Reactions];

    internal static HostAnswer NotFound { get; } = HostAnswer.Message(404, "The target couldn't be found.");

    internal static HostAnswer NotAllowed { get; } = HostAnswer.Message(405, "Method Not Allowed");

    internal static HostAnswer Invalid(string problem) => HostAnswer.Message(422, problem);

    private protected override HostAnswer Answer(HostCall call)
    {
        if (call.Segments is not ["api", "v1", .. var path])
        {
            return NotFound;
        }

        if (call.Header("Authorization") is not { } word)
        {
            return HostAnswer.Message(401, "token is required");
        }

        if (word != $"token {Token}")
        {
            return HostAnswer.Message(401, "invalid username, password or token");
        }

        if (call.Fields() is not { } fields)
        {
            return Invalid("[]: Deserialization");
        }

        return path switch
        {
            ["user"] => call.Method == "GET" ? new(200, new JsonObject { ["id"] = 1, ["login"] = Viewer }) : NotAllowed,
            ["repos", var owner, var name, .. var rest]
                when string.Equals($"{owner}/{name}", Repository, StringComparison.OrdinalIgnoreCase) => rest switch
                {
                    ["issues", "comments", var id] => _comments.One(call, id, fields),
                    ["issues", "comments", var id, "reactions"] => _comments.React(call, id, fields),
                    ["issues", var number, "comments"] => _comments.Thread(call, number, fields),
                    ["statuses", var sha] => _statuses.Commit(call, sha, fields),
                    ["collaborators", var person, "permission"] => _reviews.Permission(call, person),
                    ["commits", var sha, "pull"] => _reviews.Pull(call, sha),
                    ["pulls", var number, "reviews"] => _reviews.Of(call, number),
                    _ => NotFound,
                },
            _ => NotFound,
        };
    }
}

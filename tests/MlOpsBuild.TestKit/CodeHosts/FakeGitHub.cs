using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The parts of GitHub's REST interface that reports of a run use, with its limits and refusals.</summary>
public sealed class FakeGitHub : FakeCodeHost
{
    private readonly GitHubChecks _checks;
    private readonly GitHubComments _comments;
    private readonly GitHubDeployments _deployments;
    private readonly GitHubStatuses _statuses;
    private readonly GitHubPeople _people;
    private readonly GitHubIssues _issues;
    private readonly GitHubBranches _branches;
    private readonly GitHubReviews _reviews;

    /// <summary>Starts it, for the token of a workflow.</summary>
    public FakeGitHub()
        : base("", "ghs_fixture", "github-actions[bot]") =>
        (_checks, _comments, _deployments, _statuses, _people, _issues, _branches, _reviews) =
            (new(this), new(this), new(this), new(this), new(this), new(this), new(this), new(this));

    /// <summary>The one repository it has.</summary>
    public string Repository { get; set; } = "acme/shop";

    /// <summary>Whether the token may write check runs.</summary>
    public bool MayCheck { get; set; } = true;

    /// <summary>
    /// Whether a required context is not green: a deployment that does not waive them with <c>required_contexts: []</c> gets 409.
    /// </summary>
    public bool ContextsArePending { get; set; }

    /// <summary>
    /// Whether the default branch is ahead: a deployment that does not say <c>auto_merge: false</c> merges instead, with 202.
    /// </summary>
    public bool BaseIsAhead { get; set; }

    /// <summary>Open pull requests: number, <c>owner:branch</c> they come from, newest commit.</summary>
    public IList<(int Number, string Head, string Commit)> OpenPulls { get; } = [];

    /// <summary>Reactions to comments, in order.</summary>
    public IReadOnlyList<(long Comment, string Content)> Reactions => [.. _people.Reactions];

    /// <summary>The check runs as they are now, with the annotations of all requests.</summary>
    public IReadOnlyList<JsonElement> CheckRuns => Copied(_checks.All.Select(JsonFields.Frozen));

    /// <summary>The statuses of commits, each with its <c>sha</c>.</summary>
    public IReadOnlyList<JsonElement> Statuses => Copied(_statuses.All.Select(JsonFields.Frozen));

    /// <summary>The deployments.</summary>
    public IReadOnlyList<JsonElement> Deployments => Copied(_deployments.All.Select(JsonFields.Frozen));

    /// <summary>The statuses of deployments, each with its <c>deployment_id</c>.</summary>
    public IReadOnlyList<JsonElement> DeploymentStatuses => Copied(_deployments.Statuses.Select(JsonFields.Frozen));

    internal bool IsApp => Token.StartsWith("ghs_", StringComparison.Ordinal);

    private protected override HostAnswer Answer(HostCall call)
    {
        if (string.IsNullOrEmpty(call.Header("User-Agent")))
        {
            return HostAnswer.Message(
                403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
        }

        if (call.Header("Authorization") != $"Bearer {Token}")
        {
            return HostAnswer.Message(401, "Bad credentials");
        }

        if (call.Fields() is not { } fields)
        {
            return GitHubAnswers.NotJson;
        }

        return call.Segments switch
        {
            ["user"] => User(call),
            ["repos", var owner, var name, .. var rest]
                when string.Equals($"{owner}/{name}", Repository, StringComparison.OrdinalIgnoreCase) => rest switch
                {
                    ["issues"] => _issues.List(call, fields),
                    ["issues", var number] => _issues.One(call, number, fields),
                    ["issues", "comments", var id] => _comments.One(call, id, fields),
                    ["issues", "comments", var id, "reactions"] => _people.React(call, id, fields),
                    ["collaborators", var person, "permission"] => _people.Permission(call, person),
                    [] => _branches.Repository(),
                    ["git", .. var path] => _branches.Git(call, path, fields),
                    ["commits", var sha, "pulls"] => _reviews.Pulls(call, sha),
                    ["pulls", var number, "reviews"] => _reviews.Of(call, number),
                    ["pulls"] when call.Method == "POST" => _branches.Propose(fields),
                    ["pulls", var number] => _branches.Change(call, number, fields),
                    ["pulls"] => _people.Pulls(call, _branches.Open(call.Query.GetValueOrDefault("head"))),
                    ["issues", var number, "comments"] => _comments.Thread(call, number, fields),
                    ["check-runs"] => _checks.List(call, fields),
                    ["check-runs", var id] => _checks.One(call, id, fields),
                    ["statuses", var sha] => _statuses.Commit(call, sha, fields),
                    ["deployments"] => _deployments.List(call, fields),
                    ["deployments", var id, "statuses"] => _deployments.Status(call, id, fields),
                    _ => GitHubAnswers.NotFound,
                },
            _ => GitHubAnswers.NotFound,
        };
    }

    private HostAnswer User(HostCall call) => call.Method switch
    {
        "GET" when IsApp => GitHubAnswers.Forbidden,
        "GET" => new(200, new JsonObject { ["login"] = Viewer, ["type"] = "User" }),
        _ => GitHubAnswers.NotAllowed,
    };
}

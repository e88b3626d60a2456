using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The parts of GitLab's REST interface that reports of a run use, with its limits and refusals.</summary>
public sealed class FakeGitLab : FakeCodeHost
{
    private readonly GitLabDeployments _deployments;
    private readonly GitLabEnvironments _environments;
    private readonly GitLabNotes _notes;
    private readonly GitLabStatuses _statuses;
    private readonly GitLabIssues _issues;
    private readonly GitLabBranches _branches;
    private readonly GitLabReviews _reviews;

    /// <summary>Starts it, for the access token of a project.</summary>
    public FakeGitLab()
        : base("api/v4/", "glpat-fixture", "project_7_bot")
    {
        (_environments, _notes, _statuses, _issues, _branches, _reviews) =
            (new(this), new(this), new(this), new(this), new(this), new(this));
        _deployments = new(this, _environments);
    }

    /// <summary>The number of the one project it has.</summary>
    public long ProjectId { get; set; } = 7;

    /// <summary>The path of the project, which a request may name, escaped, instead of the number.</summary>
    public string ProjectPath { get; set; } = "acme/shop";

    /// <summary>The job token it accepts, for environments and deployments only.</summary>
    public string JobToken { get; set; } = "glcbt-fixture";

    /// <summary>The statuses of commits as they are now, each with its <c>sha</c>.</summary>
    public IReadOnlyList<JsonElement> Statuses => Copied(_statuses.All.Select(JsonFields.Frozen));

    /// <summary>The environments.</summary>
    public IReadOnlyList<JsonElement> Environments => Copied(_environments.All.Select(JsonFields.Frozen));

    /// <summary>The deployments.</summary>
    public IReadOnlyList<JsonElement> Deployments => Copied(_deployments.All.Select(JsonFields.Frozen));

    private protected override HostAnswer Answer(HostCall call)
    {
        if (call.Segments is not ["api", "v4", .. var path])
        {
            return GitLabAnswers.NoRoute;
        }

        var takesJobToken = path is ["projects", _, "environments" or "deployments", ..];
        if (call.Header("PRIVATE-TOKEN") != Token && !(takesJobToken && call.Header("JOB-TOKEN") == JobToken))
        {
            return GitLabAnswers.Unauthorized;
        }

        if (path is ["user"])
        {
            return call.Method == "GET"
                ? new(200, new JsonObject { ["id"] = 1, ["username"] = Viewer, ["name"] = Viewer })
                : GitLabAnswers.NotAllowed;
        }

        if (path is not ["projects", var project, .. var rest])
        {
            return GitLabAnswers.NoRoute;
        }

        if (project != ProjectId.ToString(CultureInfo.InvariantCulture)
            && !string.Equals(project, ProjectPath, StringComparison.OrdinalIgnoreCase))
        {
            return GitLabAnswers.NotFound("Project");
        }

        var (fields, refusal) = call.Method is "POST" or "PUT" ? GitLabFields.Of(call) : ([], null);
        return refusal ?? Project(call, rest, fields);
    }

    private HostAnswer Project(HostCall call, string[] path, JsonObject fields) => path switch
    {
        ["merge_requests", var iid, "notes", .. var rest] => MergeRequest(call, iid, rest, fields),
        ["statuses", var sha] => _statuses.Commit(call, sha, fields),
        [] => _branches.Project(),
        ["repository", "commits"] when call.Method == "POST" => _branches.Commit(fields),
        ["repository", "commits", var sha, "merge_requests"] => _reviews.Requests(sha),
        ["members", "all"] => _reviews.Members(call),
        ["merge_requests", var iid, "approvals"] => _reviews.Approvals(iid),
        ["repository", "files", var file] => _branches.File(call, file),
        ["merge_requests"] => _branches.Requests(call, fields),
        ["merge_requests", var iid] => _branches.One(call, iid, fields),
        ["issues"] => _issues.List(call, fields),
        ["issues", var iid] => _issues.One(call, iid, fields),
        ["issues", var iid, "notes"] => MergeRequest(call, iid, [], fields),
        ["environments"] => _environments.List(call, fields),
        ["environments", var id] => _environments.One(call, id, fields),
        ["environments", var id, "stop"] => _environments.Stop(call, id),
        ["deployments"] => _deployments.List(call, fields),
        ["deployments", var id] => _deployments.One(call, id, fields),
        _ => GitLabAnswers.NoRoute,
    };

    private HostAnswer MergeRequest(HostCall call, string iid, string[] rest, JsonObject fields) =>
        !long.TryParse(iid, NumberStyles.None, CultureInfo.InvariantCulture, out var thread)
        ? GitLabAnswers.Error(400, "noteable_id is invalid")
        : rest switch
        {
            [] => _notes.List(call, thread, fields),
            [var id] => _notes.One(call, thread, id, fields),
            _ => GitLabAnswers.NoRoute,
        };
}

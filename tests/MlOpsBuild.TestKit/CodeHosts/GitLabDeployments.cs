using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>Deployments on GitLab.</summary>
internal sealed class GitLabDeployments(FakeGitLab host, GitLabEnvironments environments)
{
    private static readonly string[] States = ["running", "success", "failed", "canceled"];

    public List<JsonObject> All { get; } = [];

    public HostAnswer List(HostCall call, JsonObject fields) => call.Method switch
    {
        "GET" => GitLabPage.Of(host, call, All, each => each.DeepClone()),
        "POST" when !host.MayDeploy => GitLabAnswers.Forbidden,
        "POST" => fields.Lacking("environment", "sha", "ref", "tag", "status") ?? fields.Outside("status", States)
            ?? fields.Outside("tag", "true", "false") ?? Create(fields),
        _ => GitLabAnswers.NotAllowed,
    };

    public HostAnswer One(HostCall call, string id, JsonObject fields)
    {
        if (call.Method is not ("GET" or "PUT"))
        {
            return GitLabAnswers.NotAllowed;
        }

        if (All.Find(each => each.Value("id") == id) is not { } deployment)
        {
            return GitLabAnswers.NotFound("Deployment");
        }

        if (call.Method == "GET")
        {
            return new(200, deployment.DeepClone());
        }

        return (host.MayDeploy ? fields.Lacking("status") ?? fields.Outside("status", States) : GitLabAnswers.Forbidden)
            ?? new(200, deployment.With(new() { ["status"] = fields.Value("status") }).DeepClone());
    }

    private HostAnswer Create(JsonObject fields)
    {
        if (!fields.Value("sha").IsCommit())
        {
            return GitLabAnswers.Field("sha", "The commit does not exist");
        }

        var environment = environments.Ensure(fields.Value("environment")!);
        var deployment = new JsonObject { ["id"] = All.Count + 1, ["iid"] = All.Count + 1 }
            .With(fields)
            .With(new() { ["environment"] = environment.DeepClone() });
        All.Add(deployment);
        return new(201, deployment.DeepClone());
    }
}

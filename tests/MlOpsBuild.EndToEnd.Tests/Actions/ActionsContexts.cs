using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>What a job's expressions and its commands know of the run.</summary>
internal sealed class ActionsContexts(
    ActionsHost host, Workflow workflow, ActionsEvent happened, WorkflowJob job, long run, int number, ActionsToken rights,
    JsonObject inputs, IReadOnlyList<JobResult> needed)
{
    /// <summary>The run's number on the host.</summary>
    public long Run => run;

    /// <summary>The token of the job.</summary>
    public string Token => ActionsHost.TokenOf(rights);

    /// <summary>What the token may do.</summary>
    public ActionsToken Rights => rights;

    /// <summary>What happened.</summary>
    public ActionsEvent Happened => happened;

    /// <summary>Variables of the workflow and of the job, not yet filled in.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Environment => workflow.Environment.Concat(job.Environment);

    private string Api => host.GitHub.Address.ToString().TrimEnd('/');

    /// <summary>What a job's condition sees; a needed job that failed or was left out speaks against it.</summary>
    public ExpressionScope OfJob() => new(
        new()
        {
            ["github"] = GitHub(),
            ["inputs"] = inputs.DeepClone(),
            ["needs"] = new JsonObject(needed.Select(done => KeyValuePair.Create(
                done.Id, (JsonNode?)new JsonObject { ["result"] = done.Result, ["outputs"] = done.Outputs.DeepClone() }))),
            ["vars"] = new JsonObject(),
        },
        needed.Any(done => done.Result != StepResult.Success),
        needed.Any(done => done.Result == StepResult.Failure));

    /// <summary>What its steps see before the first of them.</summary>
    public ExpressionScope OfSteps(ActionsMachine machine, string temp)
    {
        var contexts = OfJob().Contexts;
        contexts["github"]!["workspace"] = machine.Workspace;
        contexts["runner"] = new JsonObject
        {
            ["os"] = "Linux", ["arch"] = "X64", ["name"] = "fixture", ["temp"] = temp,
            ["environment"] = machine.IsHosted ? "github-hosted" : "self-hosted"
        };
        contexts["secrets"] = new JsonObject { ["GITHUB_TOKEN"] = Token };
        contexts["job"] = new JsonObject { ["status"] = StepResult.Success };
        contexts["steps"] = new JsonObject();
        contexts["env"] = new JsonObject();
        return new(contexts, Failed: false, Broke: false);
    }

    /// <summary>The variables every command gets; the token is not among them.</summary>
    public Dictionary<string, string> Variables(ActionsMachine machine, string temp, string payload)
    {
        var variables = new Dictionary<string, string>(machine.Environment)
        {
            ["CI"] = "true", ["GITHUB_ACTIONS"] = "true", ["GITHUB_WORKSPACE"] = machine.Workspace, ["GITHUB_EVENT_PATH"] = payload,
            ["GITHUB_GRAPHQL_URL"] = Api + "/graphql",
            ["RUNNER_OS"] = "Linux", ["RUNNER_ARCH"] = "X64", ["RUNNER_NAME"] = "fixture", ["RUNNER_TEMP"] = temp,
            ["RUNNER_ENVIRONMENT"] = machine.IsHosted ? "github-hosted" : "self-hosted",
            // nobody told git a name there
            ["GITHUB_REF_TYPE"] = "branch", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1",
        };
        foreach (var (name, value) in GitHub().Where(member => member.Value is not JsonObject && member.Key != "token"))
        {
            variables["GITHUB_" + name.ToUpperInvariant()] = ExpressionValue.Text(value);
        }

        return variables;
    }

    private JsonObject GitHub() => new()
    {
        ["event_name"] = happened.Name, ["event"] = happened.Payload.DeepClone(), ["ref"] = happened.Ref, ["ref_name"] = happened.RefName,
        ["sha"] = happened.Sha,
        ["base_ref"] = happened.BaseRef, ["head_ref"] = happened.HeadRef, ["repository"] = ActionsHost.Repository,
        ["repository_owner"] = ActionsHost.Repository.Split('/')[0],
        ["actor"] = happened.Actor, ["triggering_actor"] = happened.Actor, ["workflow"] = workflow.Name, ["job"] = job.Id,
        ["token"] = Token,
        ["run_id"] = $"{run}", ["run_number"] = $"{number}", ["run_attempt"] = "1", ["server_url"] = host.Server, ["api_url"] = Api,
    };
}

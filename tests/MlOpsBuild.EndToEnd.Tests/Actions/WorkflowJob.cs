using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>A job of a workflow.</summary>
internal sealed record WorkflowJob(
    string Id, string? Condition, IReadOnlyList<string> Needs, JsonNode? Permissions, JsonObject Environment, JsonObject Outputs,
    IReadOnlyList<WorkflowStep> Steps)
{
    private static readonly string[] Keys =
    [
        "name", "if", "needs", "runs-on", "container", "timeout-minutes", "permissions", "env", "outputs", "environment", "concurrency",
        "steps"
    ];

    public static WorkflowJob Read(string id, JsonObject job)
    {
        var node = new WorkflowNode(job, $"job {id}", Keys);
        var steps = node.Value("steps")!
            .AsArray()
            .Select((step, index) => WorkflowStep.Read((JsonObject)step!, $"job {id}, step {index + 1}"));
        return new(
            id, node.Text("if"), node.List("needs"), node.Value("permissions"), node.Object("env"), node.Object("outputs"), [.. steps]);
    }
}

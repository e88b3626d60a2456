using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>A step of a job: an action or a command.</summary>
internal sealed record WorkflowStep(
    string? Id, string Name, string? Condition, string? Uses, string? Run, string? Shell, string? Folder, bool ContinuesOnError,
    JsonObject With, JsonObject Environment)
{
    private static readonly string[] Keys =
    [
        "id", "name", "if", "uses", "run", "with", "env", "shell", "working-directory", "continue-on-error", "timeout-minutes"
    ];

    public static WorkflowStep Read(JsonObject step, string where)
    {
        var node = new WorkflowNode(step, where, Keys);
        var (uses, run) = (node.Text("uses"), node.Text("run"));
        return (uses == null) == (run == null)
            ? throw new FormatException($"{where} has both or neither of uses and run")
            : new(
                node.Text("id"), node.Text("name") ?? uses?.Split('@')[0] ?? run!, node.Text("if"), uses, run, node.Text("shell"),
                node.Text("working-directory"), node.Text("continue-on-error") == "true", node.Object("with"), node.Object("env"));
    }
}

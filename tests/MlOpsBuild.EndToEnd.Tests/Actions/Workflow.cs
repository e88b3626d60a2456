using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>A workflow file, read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">What starts it: filters by the event's name.</param>
/// <param name="Permissions">What its token may do; null for the repository's default.</param>
/// <param name="Environment">Variables of all jobs.</param>
/// <param name="Jobs">Its jobs, in the order of the file.</param>
internal sealed record Workflow(
    string Name, IReadOnlyDictionary<string, JsonObject> Events, JsonNode? Permissions, JsonObject Environment,
    IReadOnlyList<WorkflowJob> Jobs)
{
    private static readonly string[] Keys = ["name", "run-name", "on", "concurrency", "permissions", "env", "jobs"];

    /// <summary>Reads a file. A key that is not known here is a failure: it would be left out of what is tested.</summary>
    public static Workflow Read(string text)
    {
        var root = new WorkflowNode(YamlTree.Read(text), "workflow", Keys);
        return new(
            root.Text("name") ?? "workflow", EventsOf(root.Value("on")), root.Value("permissions"), root.Object("env"),
            [.. root.Object("jobs").Select(job => WorkflowJob.Read(job.Key, (JsonObject)job.Value!))]);
    }

    private static Dictionary<string, JsonObject> EventsOf(JsonNode? on) => on switch
    {
        JsonObject filters => filters.ToDictionary(filter => filter.Key, filter => filter.Value switch
        {
            JsonObject known => known,
            JsonArray list => new() { ["each"] = list.DeepClone() },
            _ => new()
        }),
        JsonArray names => names.ToDictionary(name => name!.GetValue<string>(), _ => new JsonObject()),
        _ => new() { [on!.GetValue<string>()] = new() },
    };
}

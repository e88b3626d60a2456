using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>Whether an event starts a workflow, by its <c>on</c>.</summary>
internal static class EventFilter
{
    private static readonly string[] ChangedRequests = ["opened", "synchronize", "reopened"];

    public static bool Starts(Workflow workflow, ActionsEvent happened)
    {
        if (!workflow.Events.TryGetValue(happened.Name, out var members))
        {
            return false;
        }

        var filter = new WorkflowNode(members, happened.Name, ["branches", "types", "workflows", "inputs", "each"]);
        return happened.Name switch
        {
            "push" => Matches(filter, "branches", happened.RefName),
            "pull_request" => Matches(filter, "branches", happened.BaseRef) && IsOf(filter, happened.Action, ChangedRequests),
            "workflow_run" => Matches(filter, "workflows", happened.Payload["workflow_run"]!["name"]!.GetValue<string>())
                && IsOf(filter, happened.Action, null),
            "issue_comment" => IsOf(filter, happened.Action, null),
            "schedule" => members["each"]!.AsArray()
                .Any(time => time!["cron"]!.GetValue<string>() == happened.Payload["schedule"]!.GetValue<string>()),
            "workflow_dispatch" => true,
            _ => throw new NotSupportedException($"on: {happened.Name} cannot be run here"),
        };
    }

    /// <summary>What a person filled in, with what the file has for what was left out.</summary>
    /// <exception cref="ArgumentException">The form would not have taken it.</exception>
    public static JsonObject Inputs(Workflow workflow, ActionsEvent happened)
    {
        var filled = new JsonObject();
        if (happened.Name != "workflow_dispatch")
        {
            return filled;
        }

        var asked = workflow.Events[happened.Name]["inputs"] as JsonObject ?? [];
        happened.Inputs.Select(input => input.Key).Except(asked.Select(input => input.Key)).ShouldBeEmpty("the form has no such fields");
        foreach (var (name, field) in asked)
        {
            var value = happened.Inputs[name] ?? field!["default"];
            if ((value == null && ExpressionValue.IsTrue(field!["required"]))
                || (value != null
                    && field!["options"] is JsonArray options
                    && !options.Any(option => ExpressionValue.Compare(option, value) == 0)))
            {
                throw new ArgumentException($"the form does not take '{ExpressionValue.Text(value)}' for {name}");
            }

            filled[name] = value?.DeepClone() ?? "";
        }

        return filled;
    }

    private static bool IsOf(WorkflowNode filter, string? action, string[]? otherwise) =>
        (filter.List("types") is { Count: > 0 } types ? types : otherwise)?.Contains(action) ?? true;

    private static bool Matches(WorkflowNode filter, string key, string name) =>
        filter.List(key) is not { Count: > 0 } patterns
            || patterns.Any(pattern => Regex.IsMatch(name, Pattern(pattern), RegexOptions.CultureInvariant));

    private static string Pattern(string pattern) =>
        "^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            + "$";
}

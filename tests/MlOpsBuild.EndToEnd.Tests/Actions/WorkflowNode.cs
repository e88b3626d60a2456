using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>A mapping of a workflow file whose keys are all known.</summary>
internal sealed class WorkflowNode
{
    private readonly JsonObject _members;

    public WorkflowNode(JsonObject members, string what, IReadOnlyCollection<string> known)
    {
        var unknown = members.Select(member => member.Key).Except(known).ToList();
        _members = unknown.Count == 0
            ? members
            : throw new NotSupportedException($"{what}: {string.Join(", ", unknown)} cannot be run here");
    }

    public JsonNode? Value(string key) => _members.TryGetPropertyValue(key, out var value) ? value : null;

    public string? Text(string key) => Value(key) is { } value ? ExpressionValue.Text(value) : null;

    public JsonObject Object(string key) => Value(key) as JsonObject ?? [];

    /// <summary>A list, or the one text that stands for it.</summary>
    public IReadOnlyList<string> List(string key) => Value(key) switch
    {
        JsonArray items => [.. items.Select(ExpressionValue.Text)],
        { } one => [ExpressionValue.Text(one)],
        null => [],
    };
}

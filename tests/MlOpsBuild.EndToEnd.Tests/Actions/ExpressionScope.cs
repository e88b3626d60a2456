using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>What an expression can see.</summary>
/// <param name="Contexts"><c>github</c>, <c>env</c>, <c>steps</c> and so on.</param>
/// <param name="Failed">Whether something before has failed or, for a job, was left out.</param>
/// <param name="Broke">Whether something before has failed.</param>
internal sealed record ExpressionScope(JsonObject Contexts, bool Failed, bool Broke)
{
    /// <summary>One context.</summary>
    public JsonNode? Context(string name) =>
        Contexts.TryGetPropertyValue(name, out var context) ? context : throw new FormatException($"nothing is called '{name}' here");

    /// <summary>The same with another context, or another value of one.</summary>
    public ExpressionScope With(string name, JsonNode value)
    {
        var contexts = (JsonObject)Contexts.DeepClone();
        contexts[name] = value.DeepClone();
        return this with { Contexts = contexts };
    }
}

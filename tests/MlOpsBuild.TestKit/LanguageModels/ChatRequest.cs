using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.LanguageModels;

/// <summary>A question to a <see cref="FakeLanguageModel"/>.</summary>
/// <param name="Number">How many came before it.</param>
/// <param name="Model">The model that was asked for.</param>
/// <param name="Messages">Who said what.</param>
/// <param name="Temperature">As it was sent; null where it was not.</param>
/// <param name="MaximumTokens">The same of the most tokens.</param>
public sealed record ChatRequest(
    int Number, string Model, IReadOnlyList<(string Role, string Text)> Messages, double? Temperature, int? MaximumTokens)
{
    private static readonly List<string> Fields = ["model", "messages", "temperature", "max_tokens"];

    /// <summary>What the user said last.</summary>
    public string Last => Messages[^1].Text;

    // Whoever sends what is not in the protocol is told so.
    internal static ChatRequest? Read(JsonObject fields, int number) =>
        fields.All(field => Fields.Contains(field.Key)) && fields["model"] is JsonValue model
        && fields["messages"] is JsonArray { Count: > 0 } messages
        && messages.All(message => message is JsonObject { Count: 2 } said && said.ContainsKey("role") && said.ContainsKey("content"))
            ? new(
                number, model.GetValue<string>(),
                [.. messages.Select(message => (message!["role"]!.GetValue<string>(), message["content"]!.GetValue<string>()))],
                fields["temperature"]?.GetValue<double>(), fields["max_tokens"]?.GetValue<int>())
            : null;
}

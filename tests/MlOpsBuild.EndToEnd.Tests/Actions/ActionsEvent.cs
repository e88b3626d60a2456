using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>Something that happened in a repository.</summary>
/// <param name="Name">For example <c>pull_request</c>.</param>
/// <param name="Payload">What the host tells of it.</param>
/// <param name="Ref">The reference that is built.</param>
/// <param name="Sha">The commit that is built.</param>
internal sealed record ActionsEvent(string Name, JsonObject Payload, string Ref, string Sha)
{
    /// <summary>Who did it.</summary>
    public string Actor { get; init; } = "ann";

    /// <summary>The branch a pull request goes to.</summary>
    public string BaseRef { get; init; } = "";

    /// <summary>The branch a pull request comes from.</summary>
    public string HeadRef { get; init; } = "";

    /// <summary>Whether tokens may only read, whatever the file asks for: a pull request of somebody else's repository.</summary>
    public bool FromFork { get; init; }

    /// <summary>What a person filled in.</summary>
    public JsonObject Inputs => Payload["inputs"] as JsonObject ?? [];

    /// <summary>The reference without its kind.</summary>
    public string RefName => Ref.Split('/', 3)[^1];

    /// <summary>What exactly happened, for example <c>opened</c>.</summary>
    public string? Action => Payload["action"]?.GetValue<string>();
}

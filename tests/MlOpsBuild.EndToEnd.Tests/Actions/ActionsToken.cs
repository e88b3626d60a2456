using System.Text.Json.Nodes;

namespace MlOpsBuild.EndToEnd.Tests.Actions;

/// <summary>
/// What the token of a job may do: what the file asks for, else only reading; of a fork's request only reading whatever it asks for.
/// </summary>
internal sealed class ActionsToken(JsonNode? permissions, bool onlyReads)
{
    /// <summary>Whether it may write there.</summary>
    public bool MayWrite(string scope) => !onlyReads && Said(scope) == "write";

    /// <summary>Whether it may read there.</summary>
    public bool MayRead(string scope) => Said(scope) is "read" or "write";

    private string? Said(string scope) => permissions switch
    {
        JsonObject scopes => scopes[scope]?.GetValue<string>() ?? "none",
        { } all when ExpressionValue.Text(all) == "write-all" => "write",
        { } all when ExpressionValue.Text(all) == "read-all" => "read",
        _ => scope is "contents" or "packages" ? "read" : "none",
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>The rules of GitHub's schemas that bodies are held against; each says what is wrong, or null.</summary>
internal static class GitHubRules
{
    /// <summary>What is wrong about fields that must be there and be text.</summary>
    public static string? Required(JsonObject fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if ((fields.Has(name) ? Texts(fields, name) : $"\"{name}\" wasn't supplied.") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>What is wrong about fields that must be text when they are there.</summary>
    public static string? Texts(JsonObject fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields[name] is { } value && value.GetValueKind() != JsonValueKind.String)
            {
                return $"For 'properties/{name}', {value.ToJsonString()} is not a string.";
            }
        }

        return null;
    }

    /// <summary>What is wrong about a field that must be one of a few when it is there.</summary>
    public static string? OneOf(JsonObject fields, string name, params string[] allowed) =>
        !fields.Has(name) || allowed.Contains(fields.Text(name))
            ? null
            : $"{fields[name]} is not a member of [\"{string.Join("\", \"", allowed)}\"].";

    /// <summary>What is wrong about a text that has a limit.</summary>
    public static string? AtMost(JsonObject fields, string name, int limit) =>
        Texts(fields, name)
            ?? (fields.Text(name)?.Characters() is { } length && length > limit
                ? $"Only {limit} characters are allowed; {length} were supplied."
                : null);

    /// <summary>What is wrong about an address.</summary>
    public static string? Address(JsonObject fields, string name) =>
        Texts(fields, name)
            ?? (fields.Text(name) is not { Length: > 0 } text
                || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                ? null
                : $"{name} must use http(s) scheme");

    /// <summary>What is wrong about the name of a commit.</summary>
    public static string? Commit(string? sha) => sha.IsCommit() ? null : $"No commit found for SHA: {sha}";
}

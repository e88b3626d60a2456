using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>An object that the API server keeps, and who manages which of its fields.</summary>
public sealed class ApiObject(JsonObject content)
{
    /// <summary>The object, whole.</summary>
    public JsonObject Content { get; set; } = content;

    /// <summary>Paths of the fields that each manager manages.</summary>
    public Dictionary<string, HashSet<string>> Owners { get; } = [];

    /// <summary>Its metadata.</summary>
    public JsonObject Metadata => Content["metadata"]!.AsObject();

    /// <summary>Its name.</summary>
    public string Name => (string)Metadata["name"]!;

    /// <summary>Its labels.</summary>
    public JsonObject Labels => Metadata["labels"]?.AsObject() ?? [];

    /// <summary>Whether it has these labels, as <c>a=b,c=d</c>.</summary>
    public bool Matches(string? selector) => string.IsNullOrEmpty(selector) || selector.Split(',').All(term =>
        term.Split('=', 2) is [var key, var value] ? (string?)Labels[key] == value.TrimStart('=') : Labels.ContainsKey(term));
}

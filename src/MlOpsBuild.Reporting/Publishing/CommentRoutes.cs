using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>Where a host without a client of its own keeps comments, and how it writes them down; by default as GitLab does.</summary>
/// <param name="Collection">Path of all of a request's comments.</param>
/// <param name="Page">What is asked of it for a page, oldest first.</param>
internal sealed record CommentRoutes(string Collection, Func<int, string> Page)
{
    /// <summary>Path that takes a new one.</summary>
    public string Create { get; init; } = Collection;

    /// <summary>Path of one.</summary>
    public Func<long, string> One { get; init; } = id => string.Create(CultureInfo.InvariantCulture, $"{Collection}/{id}");

    /// <summary>Path that changes one, and takes it away; that of <see cref="One"/> unless the host has another.</summary>
    public Func<long, string>? Change { get; init; }

    /// <summary>How one is changed.</summary>
    public HttpMethod ChangeBy { get; init; } = HttpMethod.Put;

    /// <summary>A text as the host takes it of a new comment.</summary>
    public Func<string, JsonObject> New { get; init; } = body => new() { ["body"] = body };

    /// <summary>A text as the host takes it of a changed one; as of a new one unless it differs.</summary>
    public Func<string, JsonObject>? Changed { get; init; }

    /// <summary>The list in a page.</summary>
    public Func<JsonNode, JsonArray> List { get; init; } = page => page.AsArray();

    /// <summary>A comment; null for one that is taken away, or is none.</summary>
    public Func<JsonNode, HostComment?> Read { get; init; } = comment => new(
        comment["id"]!.GetValue<long>(), comment.Text("body") ?? "", comment["author"]?.Text("username") ?? "");
}

using System.Text.Json.Nodes;

namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>What GitHub refuses of a check run; each rule says what is wrong, or null.</summary>
internal static class GitHubCheckRules
{
    private const int LongestMessage = 64 << 10;
    private const int LongestText = 65_535;
    private const int LongestTitle = 255;
    private const int MostAnnotations = 50;

    public static string? Run(JsonObject fields, bool creates) =>
        (creates
            ? GitHubRules.Required(fields, "name", "head_sha") ?? GitHubRules.Commit(fields.Text("head_sha"))
            : GitHubRules.Texts(fields, "name"))
        ?? GitHubRules.OneOf(fields, "status", "queued", "in_progress", "completed", "waiting", "requested", "pending")
        ?? GitHubRules.OneOf(fields, "conclusion", "action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
        ?? (fields.Text("status") == "completed" && !fields.Has("conclusion") ? "\"conclusion\" wasn't supplied." : null)
        ?? GitHubRules.Address(fields, "details_url")
        ?? GitHubRules.Texts(fields, "external_id", "started_at", "completed_at")
        ?? (fields["output"] is { } output ? Output(output as JsonObject, creates) : null);

    private static string? Output(JsonObject? output, bool creates)
    {
        if (output is null)
        {
            return "For 'properties/output', it is not an object.";
        }

        return GitHubRules.Required(output, creates ? ["title", "summary"] : ["summary"])
            ?? GitHubRules.AtMost(output, "summary", LongestText)
            ?? GitHubRules.AtMost(output, "text", LongestText)
            ?? Annotations(output);
    }

    private static string? Annotations(JsonObject output)
    {
        if (output["annotations"] is not { } value)
        {
            return null;
        }

        if (value is not JsonArray annotations)
        {
            return "For 'properties/annotations', it is not an array.";
        }

        return annotations.Count > MostAnnotations
            ? $"No more than {MostAnnotations} items are allowed; {annotations.Count} were supplied."
            : annotations.Select(each => each is JsonObject annotation ? Annotation(annotation) : "An annotation is not an object.")
                .FirstOrDefault(problem => problem != null);
    }

    private static string? Annotation(JsonObject annotation)
    {
        if (GitHubRules.Required(annotation, "path", "annotation_level", "message") is { } missing)
        {
            return missing;
        }

        foreach (var name in (string[])["start_line", "end_line"])
        {
            if (annotation.Number(name) is null)
            {
                return annotation.Has(name)
                    ? $"For 'properties/{name}', {annotation[name]!.ToJsonString()} is not an integer."
                    : $"\"{name}\" wasn't supplied.";
            }
        }

        return GitHubRules.OneOf(annotation, "annotation_level", "notice", "warning", "failure")
            ?? GitHubRules.AtMost(annotation, "title", LongestTitle)
            ?? GitHubRules.AtMost(annotation, "message", LongestMessage)
            ?? GitHubRules.AtMost(annotation, "raw_details", LongestMessage)
            ?? Place(annotation);
    }

    private static string? Place(JsonObject annotation)
    {
        var lines = (Start: annotation.Number("start_line"), End: annotation.Number("end_line"));
        return lines.Start < 1 || lines.End < lines.Start ? "An annotation must end on or after the line on which it starts."
            : lines.Start != lines.End && (annotation.Has("start_column") || annotation.Has("end_column"))
                ? "Annotations only support start_column and end_column on the same line."
            : null;
    }
}

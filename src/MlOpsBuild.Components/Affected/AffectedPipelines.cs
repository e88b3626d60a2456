using MlOpsBuild.Core.Files;

namespace MlOpsBuild.Components.Affected;

/// <summary>
/// Decides which pipelines a change reaches. A file is left out of account only where it is known what it is: code that other pipelines
/// reach and this one does not, data or scripts that others read, or documents. Everything else reaches all.
/// </summary>
internal static class AffectedPipelines
{
    private static readonly string[] Documents = [".md", ".gitignore", ".gitattributes"];

    /// <summary>The pipelines that are affected, each with the first file that reaches it, in the order given.</summary>
    /// <param name="pipelines">What each is made of.</param>
    /// <param name="shared">Files that may reach any of them.</param>
    /// <param name="changes">What changed, relative to the checkout.</param>
    public static IReadOnlyDictionary<string, string> Of(
        IReadOnlyList<PipelineFiles> pipelines, IReadOnlySet<string> shared, IReadOnlyList<string> changes)
    {
        var relevant = changes.Where(change => !IsDocument(change) || pipelines.Any(pipeline => Claims(pipeline, change))).ToList();
        var placed = relevant.Where(
            change => shared.Contains(change) || pipelines.Any(other => other.Code?.Contains(change) == true || Claims(other, change)))
            .ToHashSet();
        return pipelines.Select(pipeline => (pipeline.Name, File: relevant.Find(change => Reaches(change, pipeline, shared, placed))))
            .Where(pair => pair.File != null)
            .ToDictionary(pair => pair.Name, pair => pair.File!);
    }

    // What nobody is known to reach may reach everybody.
    private static bool Reaches(string change, PipelineFiles pipeline, IReadOnlySet<string> shared, HashSet<string> placed) =>
        pipeline.Code == null || pipeline.Code.Contains(change) || Claims(pipeline, change) || shared.Contains(change)
        || !placed.Contains(change);

    private static bool Claims(PipelineFiles pipeline, string change) =>
        pipeline.Claims.Any(claim => SlashPath.Holds(claim, change));

    private static bool IsDocument(string change) =>
        change.StartsWith(".github/", StringComparison.Ordinal) || IsSchema(change)
            || Documents.Any(ending => change.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || Path.GetFileName(change) is "LICENSE";

    // Each build on a laptop writes it, for editors, from code that is looked at itself.
    private static bool IsSchema(string change) =>
        change.StartsWith(".nuke/", StringComparison.Ordinal) && Path.GetFileName(change) == "build.schema.json";
}

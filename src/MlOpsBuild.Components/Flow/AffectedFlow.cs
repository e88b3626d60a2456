using MlOpsBuild.Components.Affected;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Components.Flow;

/// <summary>A change → the pipelines that it reaches.</summary>
internal static class AffectedFlow
{
    private static readonly Dictionary<string, string> NoSettings = [];

    /// <summary>
    /// Names of the pipelines that the change since <paramref name="reference"/> reaches; says of each that is picked why, or why not.
    /// </summary>
    public static async Task<IReadOnlySet<string>> OfAsync(
        RunSession session, object build, IReadOnlyList<ModelPipeline> all, IReadOnlyList<string> picked,
        IReadOnlyDictionary<string, string> settings, string reference, CancellationToken cancellationToken)
    {
        if (await ChangesAsync(session, build, reference, cancellationToken) is not ({ } since, { } changes))
        {
            return picked.ToHashSet();
        }

        var chosen = PipelineSettings.For([.. all.Where(pipeline => picked.Contains(pipeline.Name))], settings);
        var (pipelines, shared) = PipelineFiles.Of(
            build.GetType(), [.. all.Select(pipeline => (pipeline, pipeline.Specify(chosen.GetValueOrDefault(pipeline.Name, NoSettings))))],
            session.Root);
        var affected = AffectedPipelines.Of(pipelines, shared, changes);
        foreach (var name in picked)
        {
            session.Output.Line(affected.TryGetValue(name, out var file) ? $"{name} is affected: {file} changed since {since}"
                : $"{name} is left out: none of {changes.Count} files that changed since {since} reaches it");
        }

        if (picked.Count(affected.ContainsKey) is var count && count < picked.Count)
        {
            session.Note(count == 0 ? "no pipeline is affected" : $"{picked.Count - count} left out");
        }

        return affected.Keys.ToHashSet();
    }

    // None where no change is built; nor where a build server has cloned the change alone.
    private static async Task<(string Since, IReadOnlyList<string> Files)?> ChangesAsync(
        RunSession session, object build, string reference, CancellationToken cancellationToken)
    {
        if (reference != TargetBranch.Word)
        {
            return (reference, await SinceAsync(reference));
        }

        if (TargetBranch.Of(session.CodeHost, build.GetType()) is not { } target)
        {
            session.Output.Line($"{TargetBranch.Word}: no change to another branch is built here, so that all pipelines are run");
            return null;
        }

        try
        {
            return (target, await SinceAsync(target));
        }
        catch (UsageException unknown)
        {
            session.Output.Warn($"{unknown.Findings[0]} Until then all pipelines are run.");
            return null;
        }

        Task<IReadOnlyList<string>> SinceAsync(string start) =>
            ChangedFiles.SinceAsync(session.Root, start, session.Environment, session.Time, cancellationToken);
    }
}

using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components;

/// <summary>A build with pipelines, of which <c>--pipeline</c> picks one.</summary>
public interface IHazPipelines : IHazSession
{
    /// <summary>The pipelines of this build.</summary>
    IEnumerable<ModelPipeline> Pipelines { get; }

    /// <summary>The pipeline to run; all by default.</summary>
    [Parameter("The pipeline to run; all by default")]
    string? Pipeline => TryGetValue(() => Pipeline);

    /// <summary>Pipeline parameters as <c>name=value</c>.</summary>
    [Parameter("Pipeline parameters as name=value, several")]
    string[]? Set => TryGetValue(() => Set);

    /// <summary>What the change started from.</summary>
    [Parameter("Runs only the pipelines that a change reaches: files that differ from where this checkout left a branch, tag or commit, for example --affected-by main; target-branch is the one that a build server says the change goes to, and all run where it says none")]
    string? AffectedBy => TryGetValue(() => AffectedBy);

    /// <summary>Names of the pipelines picked, without reading any definition.</summary>
    internal IReadOnlyList<string> PickedNames
    {
        get
        {
            var names = Pipelines.Select(pipeline => pipeline.Name).ToList();
            return Pipeline == null ? names : names.Contains(Pipeline) ? [Pipeline]
                : throw new UsageException(
                    new Finding("MLB7051", "Unknown pipeline", "--pipeline", Pipeline, string.Join(", ", names), "correct the name"));
        }
    }

    /// <summary>
    /// Does <paramref name="work"/> for each pipeline picked that the change reaches: as many side by side as the
    /// caller lets targets run at once.
    /// </summary>
    internal async Task EachAsync(
        RunSession session, Func<PipelineRun, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await PipelineLanes.RunAsync(
            session, await AffectedRunsAsync(session, cancellationToken), EngineBridge.LanesOf(this), work, cancellationToken);

    /// <summary>As <see cref="EachAsync"/>, one after the other: what they share can be used by one only.</summary>
    internal async Task EachInTurnAsync(
        RunSession session, Func<PipelineRun, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        await PipelineLanes.RunAsync(session, await AffectedRunsAsync(session, cancellationToken), 1, work, cancellationToken);

    /// <summary>Names of the pipelines picked that the change reaches; of all that are picked where no change was named.</summary>
    internal async Task<IReadOnlyList<string>> AffectedNamesAsync(RunSession session, CancellationToken cancellationToken)
    {
        var picked = PickedNames;
        if (AffectedBy is not { Length: > 0 } reference)
        {
            return picked;
        }

        session.Affected ??= await AffectedFlow.OfAsync(
            session, this, [.. Pipelines], picked, PipelineSettings.Parse(Set ?? []), reference, cancellationToken);
        return [.. picked.Where(session.Affected.Contains)];
    }

    /// <summary>The runs of the pipelines picked.</summary>
    internal List<PipelineRun> PickedRuns(RunSession session)
    {
        var picked = PickedNames;
        var targets = EngineBridge.TargetsOf(this);
        var pipelines = Pipelines.Where(pipeline => picked.Contains(pipeline.Name)).ToList();
        var settings = PipelineSettings.For(pipelines, PipelineSettings.Parse(Set ?? []));
        return [.. pipelines.Select(pipeline => session.RunOf(pipeline, settings[pipeline.Name], targets))];
    }

    /// <summary>Refuses one file for several pipelines, which have nothing in common.</summary>
    internal void RequireOnePipeline(string option, string? file)
    {
        if (file != null && PickedNames.Count > 1)
        {
            throw new UsageException(new Finding(
                "MLB7068", "One file is not for several pipelines", option, file,
                $"--pipeline with one of {string.Join(", ", PickedNames)}", "say whose it is"));
        }
    }

    private async Task<IReadOnlyList<PipelineRun>> AffectedRunsAsync(RunSession session, CancellationToken cancellationToken)
    {
        var affected = await AffectedNamesAsync(session, cancellationToken);
        return [.. PickedRuns(session).Where(run => affected.Contains(run.Specification.Name))];
    }
}

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

    /// <summary>Names of the pipelines picked, without reading any definition.</summary>
    internal IReadOnlyList<string> PickedNames
    {
        get
        {
            var names = Pipelines.Select(pipeline => pipeline.Name).ToList();
            return Pipeline == null ? names : names.Contains(Pipeline) ? [Pipeline]
                : throw new UsageException(new Finding("MLB7051", "Unknown pipeline", "--pipeline", Pipeline, string.Join(", ", names), "correct the name"));
        }
    }

    /// <summary>The runs of the pipelines picked; several are announced one by one.</summary>
    internal IEnumerable<PipelineRun> RunsOf(RunSession session) => PickedRuns(session) is var runs && runs.Count == 1 ? runs : Announced(session, runs);

    /// <summary>The runs of the pipelines picked, unannounced.</summary>
    internal List<PipelineRun> PickedRuns(RunSession session)
    {
        var picked = PickedNames;
        var targets = InvokedTargets.Select(target => target.Name).ToList();
        var pipelines = Pipelines.Where(pipeline => picked.Contains(pipeline.Name)).ToList();
        var settings = PipelineSettings.For(pipelines, PipelineSettings.Parse(Set ?? []));
        return [.. pipelines.Select(pipeline => session.RunOf(pipeline, settings[pipeline.Name], targets))];
    }

    /// <summary>Refuses one file for several pipelines, which have nothing in common.</summary>
    internal void RequireOnePipeline(string option, string? file)
    {
        if (file != null && PickedNames.Count > 1)
        {
            throw new UsageException(new Finding("MLB7068", "One file is not for several pipelines", option, file, $"--pipeline with one of {string.Join(", ", PickedNames)}", "say whose it is"));
        }
    }

    // Lines of several pipelines say whose they are.
    private static IEnumerable<PipelineRun> Announced(RunSession session, List<PipelineRun> runs)
    {
        foreach (var run in runs)
        {
            session.Output.Line($"· {run.Specification.Name}");
            yield return run;
        }
    }
}

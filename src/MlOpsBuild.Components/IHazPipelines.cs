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
                : throw new UsageException(new Finding("Unknown pipeline", "--pipeline", Pipeline, string.Join(", ", names), "correct the name"));
        }
    }

    /// <summary>The runs of the pipelines picked.</summary>
    internal IEnumerable<PipelineRun> RunsOf(RunSession session)
    {
        var picked = PickedNames;
        var settings = PipelineSettings.Parse(Set ?? []);
        var targets = InvokedTargets.Select(target => target.Name).ToList();
        return [.. Pipelines.Where(pipeline => picked.Contains(pipeline.Name)).Select(pipeline => session.RunOf(pipeline, settings, targets))];
    }
}

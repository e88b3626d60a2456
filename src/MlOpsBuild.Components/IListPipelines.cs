using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Names the pipelines that are to be run.</summary>
public interface IListPipelines : IHazPipelines
{
    /// <summary>Names the pipelines that are to be run.</summary>
    Target ListPipelines => _ => _
        .Description("Names the pipelines, of a change those that it reaches, one a line; in a generated workflow also for the jobs that follow")
        .Example("ListPipelines --affected-by main", "those that this branch reaches")
        .Executes(this, async (session, ct) => await PipelineListFlow.TellAsync(session, await AffectedNamesAsync(session, ct), ct));
}

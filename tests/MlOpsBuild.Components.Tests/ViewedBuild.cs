using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build on a pipeline with a feature view, as far as it needs no server.</summary>
internal sealed class ViewedBuild : MlBuild, IContinuousTraining, IMaterialize
{
    public IEnumerable<ModelPipeline> Pipelines => [new ViewedDemand()];
}

using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of maturity level 2 on a pipeline that refuses some values.</summary>
internal sealed class PickyBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new PickyDemand()];
}

using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of maturity level 3 on a pipeline that may be tuned and on one that may not.</summary>
internal sealed class TuningBuild : MlBuild, IContinuousIntegration
{
    public IEnumerable<ModelPipeline> Pipelines => [new TunedDemand(), new SmallDemand()];
}

using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of maturity level 2 on a small pipeline.</summary>
internal sealed class LevelTwoBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];
}

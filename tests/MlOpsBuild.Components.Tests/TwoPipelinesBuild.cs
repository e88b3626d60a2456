using MlOpsBuild.Modeling.Pipelines;
using Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of two pipelines that have nothing in common.</summary>
internal sealed class TwoPipelinesBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand(), new Churn()];
}

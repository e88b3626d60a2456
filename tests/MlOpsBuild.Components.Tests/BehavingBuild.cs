using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose pipeline has tests of behaviour.</summary>
internal sealed class BehavingBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new BehavingDemand()];

    public string RollbackOwner => "the tester";
}

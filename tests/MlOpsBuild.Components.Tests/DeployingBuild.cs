using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build of maturity level 4.</summary>
internal sealed class DeployingBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "the tester";
}

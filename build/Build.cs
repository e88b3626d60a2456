using MlOpsBuild.Components;
using MlOpsBuild.Engine;
using MlOpsBuild.Modeling.Pipelines;
using Pipelines;

sealed partial class Build : MlBuild, IContinuousDeployment // maturity level 4
{
    public static int Main() => Execute<Build>(build => ((ITrain)build).Train);

    public IEnumerable<ModelPipeline> Pipelines => [new BikeDemand()];

    public string RollbackOwner => "the release manager on duty";
}

using MlOpsBuild.Components;
using MlOpsBuild.Modeling.Pipelines;

sealed class Build : MlBuild, IContinuousDeployment // maturity level 4, checked by the compiler
{
    public static int Main() => Execute<Build>(build => ((ITrain)build).Train);

    public IEnumerable<ModelPipeline> Pipelines => [new FirstPipeline()];
    public string RollbackOwner => "whoever is on duty";
}

using MlOpsBuild.Components;
using MlOpsBuild.Modeling.Pipelines;

sealed class Build : MlBuild, IContinuousDeployment // maturity level 4, checked by the compiler
{
    public static int Main() => Execute<Build>(build => ((ITrain)build).Train);

#if (task == "binary")
    public IEnumerable<ModelPipeline> Pipelines => [new Churn()];
#else
    public IEnumerable<ModelPipeline> Pipelines => [new Demand()];
#endif
    public string RollbackOwner => "whoever is on duty";
}

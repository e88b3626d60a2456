using MlOpsBuild.Components;
using MlOpsBuild.Modeling.Pipelines;
using Pipelines;

[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab)]
sealed partial class Build : MlBuild, IContinuousDeployment // maturity level 4, checked by the compiler
{
    public static int Main() => Execute<Build>(build => ((ITrain)build).Train);

    public IEnumerable<ModelPipeline> Pipelines => [new BikeDemand(), new Churn()]; // --pipeline picks; all by default
    public string RollbackOwner => "the release manager on duty";
}

using MlOpsBuild.Components.Tests;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Ci.Tests;

/// <summary>Two pipelines with a job for each stage, on machines of one's own.</summary>
[GeneratedCi(
    CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Runner = "acme/build", Jobs = CiJobs.PerStage, MatrixFrom = 2)]
internal sealed class StagedOnServersBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new NumberedDemand(1), new NumberedDemand(2)];

    public string RollbackOwner => "nobody";
}

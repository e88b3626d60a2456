using MlOpsBuild.Components.Tests;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Ci.Tests;

/// <summary>Two pipelines, and a job for each stage of each.</summary>
[GeneratedCi(CiHosts.GitHub, Jobs = CiJobs.PerStage, MatrixFrom = 2)]
internal sealed class StagedPairBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new NumberedDemand(1), new NumberedDemand(2)];

    public string RollbackOwner => "nobody";
}

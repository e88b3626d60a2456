using MlOpsBuild.Components.Tests;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Ci.Tests;

/// <summary>Five pipelines on the build servers that are no code host, one of them with a name that is none of a job.</summary>
[GeneratedCi(CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Container = ServersBuild.Image, HostToken = "GITHUB_TOKEN")]
internal sealed class ManyOnServersBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines =>
        [.. Enumerable.Range(0, 4).Select(number => new NumberedDemand(number)), new NumberedDemand(4, "Demand of Genève")];

    public string RollbackOwner => "nobody";
}

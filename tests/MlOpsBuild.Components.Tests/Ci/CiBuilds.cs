using MlOpsBuild.Components.Tests;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Ci.Tests;

[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, Schedule = "0 3 * * 1")]
internal sealed class HostedBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(
    CiHosts.GitHub | CiHosts.GitLab, Delivers = true, DeliveryRunner = "own", Branch = "release/2026", Remote = "none",
    MonitorSchedule = "20 * * * *", SigningSecret = "MLOPS_KEY")]
internal sealed class DeliveringBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(
    CiHosts.GitHub, Delivers = true, DeliveryRunner = "Ubuntu-24.04", Container = "sdk:10.0", Branch = "a: b", Schedule = "nightly",
    MonitorSchedule = "0 3 * * '", TimeoutMinutes = 0, SigningSecret = "-----BEGIN PRIVATE KEY-----")]
internal sealed class WrongBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(CiHosts.GitLab)]
internal sealed class TrainingOnlyBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];
}

[GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, Jobs = CiJobs.PerStage, TrainsMergeBase = true)]
[GeneratedJob("check", "SetUp Test", Runners = ["ubuntu-latest", "windows-latest"], Variables = ["MODE=a: \"b\""])]
internal sealed class StagedBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(CiHosts.GitHub)]
[GeneratedJob("mlops", "Test; rm -rf /", Runners = [], Variables = ["novalue"])]
internal sealed class WrongJobBuild : MlBuild, IContinuousData
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];
}

[GeneratedCi(CiHosts.GitLab, Delivers = true, Runner = "factory", DeliveryRunner = "factory")]
[GeneratedJob("twice", "Test")]
[GeneratedJob("twice", "SetUp")]
internal sealed class CrowdedBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(CiHosts.GitLab, Delivers = true)]
internal sealed class NowhereBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(
    CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Schedule = "0 3 * * 1", Branch = "release/2026",
    HostToken = "GITHUB_TOKEN",
    Container = Image)]
internal sealed class ServersBuild : MlBuild, IContinuousDeployment
{
    public const string Image = "example.org/sdk@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(
    CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Runner = "acme/build", Delivers = true, DeliveryRunner = "acme/serving",
    Schedule = "0 3 * * 1", MonitorSchedule = "20 * * * *", SigningSecret = "MLOPS_KEY", Jobs = CiJobs.PerStage, TrainsMergeBase = true)]
internal sealed class DeliveringServersBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(CiHosts.CircleCi, Runner = "large", Delivers = true, DeliveryRunner = "serving", HostToken = "ghp_0123456789")]
internal sealed class WrongServersBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "nobody";
}

[GeneratedCi(CiHosts.AzurePipelines | CiHosts.Jenkins)]
internal sealed class TrainingServersBuild : MlBuild, IContinuousTraining
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];
}

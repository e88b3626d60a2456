using MlOpsBuild.Components;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>What a build class may ask of build servers, beside what this repository's own does.</summary>
internal static class CiVariants
{
    private const string Image = "example.org/sdk@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [GeneratedCi(
        CiHosts.GitHub | CiHosts.GitLab, Runner = "ubuntu-24.04", Schedule = "0 3 * * 1", Branch = "trunk", Remote = "none",
        TimeoutMinutes = 15)]
    internal sealed class Scheduled : Variant;

    [GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, Container = Image)]
    internal sealed class InAContainer : Variant;

    [GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, DeliveryRunner = "own", Delivers = true, MonitorSchedule = "20 * * * *")]
    internal sealed class Delivering : Variant;

    [GeneratedCi(
        CiHosts.GitHub | CiHosts.GitLab, DeliveryRunner = "own", Delivers = true, Jobs = CiJobs.PerStage, Schedule = "0 3 * * 1",
        MonitorSchedule = "7,37 * * * *", Branch = "release/1.0", Remote = "https://example.org/team.git")]
    internal sealed class Everything : Variant;

    [GeneratedCi(CiHosts.GitHub | CiHosts.GitLab, Jobs = CiJobs.PerStage)]
    [GeneratedJob("check", "SetUp Test", Runners = ["ubuntu-latest", "windows-latest"], Variables = ["MODE=a: b"])]
    internal sealed class Staged : Variant;

    [GeneratedCi(
        CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Container = Image, Schedule = "0 3 * * 1", Branch = "release/1.0",
        Remote = "https://example.org/it's a team.git", TimeoutMinutes = 15)]
    internal sealed class OnServers : Variant;

    [GeneratedCi(
        CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Runner = "acme/build", DeliveryRunner = "acme/serving",
        Delivers = true,
        Jobs = CiJobs.PerStage, Schedule = "0 3 * * 1", MonitorSchedule = "7,37 * * * *", SigningSecret = "MLOPS_KEY",
        HostToken = "GITHUB_TOKEN", TrainsMergeBase = true)]
    internal sealed class EverythingOnServers : Variant;

    [GeneratedCi(CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Container = Image, HostToken = "GITHUB_TOKEN")]
    internal sealed class ManyOnServers : Many;

    [GeneratedCi(CiHosts.AzurePipelines | CiHosts.Jenkins | CiHosts.CircleCi, Runner = "acme/build", Jobs = CiJobs.PerStage)]
    internal sealed class ManyStagedOnServers : Many;

    [GeneratedCi(CiHosts.GitHub | CiHosts.GitLab)]
    internal sealed class TrainingOnly : MlBuild, IContinuousTraining
    {
        public IEnumerable<ModelPipeline> Pipelines => [];
    }

    internal abstract class Many : MlBuild, IContinuousDeployment
    {
        public IEnumerable<ModelPipeline> Pipelines => Enumerable.Range(0, 12).Select(number => new Numbered($"It's number {number}"));

        public string RollbackOwner => "nobody";
    }

    // Nothing reads what it is: files for build servers have names only.
    private sealed class Numbered(string name) : ModelPipeline<object>
    {
        public override string Name => name;

        protected override void Define(PipelineDefinition<object> pipeline) => throw new NotSupportedException();
    }

    internal abstract class Variant : MlBuild, IContinuousDeployment
    {
        public IEnumerable<ModelPipeline> Pipelines => [];

        public string RollbackOwner => "nobody";
    }
}

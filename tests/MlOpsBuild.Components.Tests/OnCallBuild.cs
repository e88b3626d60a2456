using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose environments one person may roll back, and whoever has the role.</summary>
internal sealed class OnCallBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "the tester";

    public IEnumerable<EnvironmentPolicy> EnvironmentPolicies =>
    [
        EnvironmentPolicy.On("local", e => e
            .RolledBackBy(Who.Role("release"), Who.Local("ops"))
            .Frozen(new(2026, 1, 1), new(2099, 1, 1), "Mars/Olympus_Mons", "a machine without tzdata")),
        EnvironmentPolicy.On("docker", e => e.RolledBackBy(Who.Local("ops"))),
    ];
}

using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose environment only some people may change, and only together.</summary>
internal sealed class GovernedBuild : MlBuild, IContinuousDeployment
{
    public IEnumerable<ModelPipeline> Pipelines => [new SmallDemand()];

    public string RollbackOwner => "the tester";

    public IEnumerable<EnvironmentPolicy> EnvironmentPolicies =>
    [
        EnvironmentPolicy.On("local", e => e
            .PromotedBy(Who.Role("release"))
            .RolledBackBy(Who.Role("release"))
            .ApprovedBy(Who.Role("release"), validFor: TimeSpan.FromDays(3))
            .Requires(Enum.GetValues<VersionRequirement>())),
    ];
}

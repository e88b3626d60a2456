using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build that says of one environment twice who may act there.</summary>
internal sealed class DoublyGovernedBuild : MlBuild, IHazEnvironment
{
    public IEnumerable<EnvironmentPolicy> EnvironmentPolicies =>
        [EnvironmentPolicy.On("local", _ => { }), EnvironmentPolicy.On("local", e => e.PromotedBy(Who.Local("ada")))];
}

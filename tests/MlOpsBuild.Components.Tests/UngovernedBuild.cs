using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose policies look like some, and are none: the class does not name the interface.</summary>
internal sealed class UngovernedBuild : MlBuild
{
    public IEnumerable<EnvironmentPolicy> EnvironmentPolicies { get; } =
        [EnvironmentPolicy.On("local", e => e.PromotedBy(Who.Local("ada")))];
}

using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Governance;

namespace MlOpsBuild.Components.Session;

/// <summary>
/// The policies that a build class declares. A property that only looks like the interface's (not public, or of a class that does not name
/// the interface again) would leave every door open, silently.
/// </summary>
internal static class DeclaredPolicies
{
    private const string Name = nameof(IHazEnvironment.EnvironmentPolicies);

    /// <summary>The policies of <paramref name="build"/>.</summary>
    /// <exception cref="UsageException">The class has such a property, and it is not the interface's.</exception>
    public static IEnumerable<EnvironmentPolicy> Of(IHazEnvironment build) => DeclaredProperty.IsObeyed(build, Name)
        ? build.EnvironmentPolicies
        : throw new UsageException(new Finding(
            "MLB7097", "Policies that nobody would obey", $"{build.GetType().Name}.{Name}", null, DeclaredProperty.Expected,
            DeclaredProperty.Fix(build)));
}

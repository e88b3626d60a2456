using System.Reflection;
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
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The policies of <paramref name="build"/>.</summary>
    /// <exception cref="UsageException">The class has such a property, and it is not the interface's.</exception>
    public static IEnumerable<EnvironmentPolicy> Of(IHazEnvironment build)
    {
        var type = build.GetType();
        var map = type.GetInterfaceMap(typeof(IHazEnvironment));
        var answers = map.TargetMethods[Array.FindIndex(map.InterfaceMethods, method => method.Name == $"get_{Name}")];
        return type.GetProperty(Name, Any) == null || answers.DeclaringType is { IsInterface: false }
            ? build.EnvironmentPolicies
            : throw new UsageException(new Finding(
                "MLB7097", "Policies that nobody would obey", $"{type.Name}.{Name}", null,
                $"a public property of a class that names {nameof(IHazEnvironment)}, or a bundle such as IContinuousDeployment",
                $"make it public, and write the interface behind the class: class {type.Name} : …, {nameof(IHazEnvironment)}"));
    }
}

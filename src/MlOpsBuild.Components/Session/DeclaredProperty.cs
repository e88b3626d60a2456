using System.Reflection;

namespace MlOpsBuild.Components.Session;

/// <summary>
/// Properties that a build class writes for an interface that has a default: one that is not public, or of a class that does not name the
/// interface again, only looks like it.
/// </summary>
internal static class DeclaredProperty
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>What is expected of one.</summary>
    public const string Expected =
        $"a public property of a class that names {nameof(IHazEnvironment)}, or a bundle such as IContinuousDeployment";

    /// <summary>How to mend one.</summary>
    public static string Fix(IHazEnvironment build) =>
        $"make it public, and write the interface behind the class: class {build.GetType().Name} : …, {nameof(IHazEnvironment)}";

    /// <summary>Whether the class has none of this name, or the interface answers with it.</summary>
    public static bool IsObeyed(IHazEnvironment build, string name)
    {
        var type = build.GetType();
        var map = type.GetInterfaceMap(typeof(IHazEnvironment));
        var answers = map.TargetMethods[Array.FindIndex(map.InterfaceMethods, method => method.Name == $"get_{name}")];
        return type.GetProperty(name, Any) == null || answers.DeclaringType is { IsInterface: false };
    }
}

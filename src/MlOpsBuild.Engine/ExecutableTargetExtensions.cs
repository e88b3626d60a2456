using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>Finds a target among others by its property, as in <c>SucceededTargets.Contains(Compile)</c>.</summary>
public static class ExecutableTargetExtensions
{
    /// <summary>Whether <paramref name="target"/> is among <paramref name="targets"/>; false for null.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Target? target) => Has(targets, target);

    /// <summary>Whether <paramref name="target"/> is among <paramref name="targets"/>; false for null.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Setup? target) => Has(targets, target);

    /// <summary>Whether <paramref name="target"/> is among <paramref name="targets"/>; false for null.</summary>
    public static bool Contains(this IEnumerable<ExecutableTarget> targets, Cleanup? target) => Has(targets, target);

    private static bool Has(IEnumerable<ExecutableTarget> targets, Delegate? factory) =>
        factory != null && targets.Any(target => target.Factory.Equals(factory));
}

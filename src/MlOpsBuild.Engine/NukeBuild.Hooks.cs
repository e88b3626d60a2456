using System.Reflection;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine;

/// <summary>What a build class may do at certain moments, and what only this engine asks of it.</summary>
public abstract partial class NukeBuild
{
    private readonly List<Action> _ends = [];

    /// <summary>
    /// Runs <paramref name="action"/> when all targets have ended, before <see cref="OnBuildFinished"/>: for components, which
    /// no class overrides anything for.
    /// </summary>
    public void AtEnd(Action action)
    {
        lock (_ends)
        {
            _ends.Add(action);
        }
    }

    internal IReadOnlyList<Action> TakeEnds()
    {
        lock (_ends)
        {
            return [.. _ends];
        }
    }

    /// <summary>Targets that act even when the program is older than its sources, so that they never wait for a compiler.</summary>
    protected internal virtual IReadOnlyCollection<string> TargetsThatNeverRebuild => [];

    /// <summary>
    /// Targets that take the words after them as the values of parameters, in this order: <c>Lineage v3</c> for <c>Lineage --of v3</c>.
    /// </summary>
    protected internal virtual IReadOnlyDictionary<string, IReadOnlyList<string>> Operands =>
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>
    /// Whether a target may read a parameter. A value on the command line that no planned target reads is refused: its caller believes that
    /// it does something.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="parameter">The property or field of the parameter.</param>
    protected internal virtual bool MayRead(ExecutableTarget target, MemberInfo parameter) => true;

    /// <summary>Called when the build object is there, before parameters are read.</summary>
    protected internal virtual void OnBuildCreated()
    {
    }

    /// <summary>Called when the plan is made and all parameters are read, before the first target.</summary>
    protected internal virtual void OnBuildInitialized()
    {
    }

    /// <summary>Called when all targets have ended, before the summary.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    /// <summary>Called before a target's first action; with several at once, from any thread.</summary>
    protected internal virtual void OnTargetRunning(string target)
    {
    }

    /// <summary>Called when a target is left out.</summary>
    protected internal virtual void OnTargetSkipped(string target)
    {
    }

    /// <summary>Called when a target has ended well.</summary>
    protected internal virtual void OnTargetSucceeded(string target)
    {
    }

    /// <summary>Called when a target has failed.</summary>
    protected internal virtual void OnTargetFailed(string target)
    {
    }
}

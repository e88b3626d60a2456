using System.Runtime.CompilerServices;
using MlOpsBuild.Components.Caching;
using MlOpsBuild.Components.Session;

namespace MlOpsBuild.Components;

/// <summary>
/// A target that is restored when nothing that it depends on changed: its input files, its values, the build program and the platform. What
/// it makes is kept by content, shared with the team like the outputs of stages, and put back as it was.
/// </summary>
/// <remarks><c>_ =&gt; _.Inputs("raw/*.csv").Outputs("data/features.csv").CacheKey(() =&gt; Seed).Executes(this, async (session, ct) =&gt;
/// …)</c>; what else is said of the target stands before or after.</remarks>
public sealed class CachedTarget
{
    private readonly ITargetDefinition _definition;
    private readonly CacheRule _rule;

    internal CachedTarget(ITargetDefinition definition)
        : this(definition, CacheRule.None)
    {
    }

    private CachedTarget(ITargetDefinition definition, CacheRule rule)
    {
        _definition = definition;
        _rule = rule;
    }

    /// <summary>More files that the target reads.</summary>
    /// <param name="patterns">Paths and patterns (<c>*</c>, <c>?</c>, <c>**</c>), from the root directory on. Each
    /// matches at least one file.</param>
    public CachedTarget Inputs(params string[] patterns) => new(_definition, _rule with { Inputs = [.. _rule.Inputs, .. patterns] });

    /// <summary>More files and folders that the target makes.</summary>
    /// <param name="paths">Paths from the root directory on, below it. What stands there is taken away before the target runs, and
    /// put back when it fails.</param>
    public CachedTarget Outputs(params string[] paths) => new(_definition, _rule with { Outputs = [.. _rule.Outputs, .. paths] });

    /// <summary>One more value that the outputs depend on.</summary>
    /// <param name="value">Gives it, serialisable as JSON; asked when the target is to run. Only its digest is kept.</param>
    /// <param name="name">How it is called when it is the reason to run; the expression by default.</param>
    public CachedTarget CacheKey(Func<object?> value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        new(_definition, _rule with { Values = [.. _rule.Values, (name.Replace("() => ", "", StringComparison.Ordinal), value)] });

    /// <summary>What the target does when it is not restored.</summary>
    /// <param name="build">The build.</param>
    /// <param name="work">The work: it reads the inputs and writes the outputs, and nothing else that matters. Its token is cancelled
    /// when the build is stopped.</param>
    /// <param name="target">The target's name.</param>
    public ITargetDefinition Executes(
        IHazSession build, Func<RunSession, CancellationToken, Task> work, [CallerMemberName] string target = "") =>
        _definition.ExecutesBeside(
            build, (session, cancellationToken) => CachedWork.RunAsync(session, target, _rule, work, cancellationToken));
}

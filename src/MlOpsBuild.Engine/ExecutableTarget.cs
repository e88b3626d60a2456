using System.Reflection;

namespace MlOpsBuild.Engine;

/// <summary>One target of a build: what it said of itself and where it stands.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, MemberInfo member, Target factory)
    {
        Name = name;
        Member = member;
        Factory = factory;
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The property.</summary>
    public MemberInfo Member { get; }

    /// <summary>One line for help.</summary>
    public string? Description { get; internal set; }

    /// <summary>Whether help lists it.</summary>
    public bool Listed { get; internal set; } = true;

    /// <summary>Targets that must run before this one.</summary>
    public IReadOnlyCollection<ExecutableTarget> ExecutionDependencies => Needs;

    /// <summary>Targets that run before this one when both are scheduled.</summary>
    public IReadOnlyCollection<ExecutableTarget> OrderDependencies => Follows;

    /// <summary>Targets this one pulls into the plan.</summary>
    public IReadOnlyCollection<ExecutableTarget> Triggers => Pulls;

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>Named by the caller.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Pairs for the summary.</summary>
    public Dictionary<string, string> SummaryInformation { get; } = [];

    /// <summary>Why it was skipped.</summary>
    public string? Skipped { get; internal set; }

    internal Target Factory { get; }

    internal List<ExecutableTarget> Needs { get; } = [];

    internal List<ExecutableTarget> Follows { get; } = [];

    internal List<ExecutableTarget> Pulls { get; } = [];

    internal List<Func<Task>> Actions { get; } = [];

    internal List<(Func<bool> Holds, string Text)> StaticConditions { get; } = [];

    internal List<(Func<bool> Holds, string Text)> DynamicConditions { get; } = [];

    internal List<(Func<bool> Holds, string Text)> Requirements { get; } = [];

    internal Func<CancellationToken, Task<TargetForecast>>? Forecast { get; set; }

    internal DependencyBehavior DependencyBehavior { get; set; }

    internal bool AssuredAfterFailure { get; set; }

    internal bool ProceedAfterFailure { get; set; }
}

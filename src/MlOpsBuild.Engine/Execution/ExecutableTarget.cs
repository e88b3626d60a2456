using System.Reflection;

namespace MlOpsBuild.Engine.Execution;

/// <summary>One target of a build: what it said of itself and where it stands.</summary>
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, MemberInfo member, Delegate factory)
    {
        Name = name;
        Member = member;
        Factory = factory;
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The property.</summary>
    public MemberInfo Member { get; }

    /// <summary>The property's value; equal delegates are the same target.</summary>
    public Delegate Factory { get; }

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

    /// <summary>Paths and patterns of what it leaves.</summary>
    public IReadOnlyCollection<string> ArtifactProducts => Products;

    /// <summary>What it uses of others: the producer, and a pattern or null for everything.</summary>
    public IReadOnlyCollection<(ExecutableTarget Producer, string? Artifact)> ArtifactDependencies => Uses;

    /// <summary>Number of parts its work is cut into; null when it is not.</summary>
    public int? PartitionSize { get; internal set; }

    /// <summary>What happens to its dependencies when it is skipped.</summary>
    public DependencyBehavior DependencyBehavior { get; internal set; }

    /// <summary>Runs even after a failure or a stop.</summary>
    public bool AssuredAfterFailure { get; internal set; }

    /// <summary>Later targets run although it failed.</summary>
    public bool ProceedAfterFailure { get; internal set; }

    /// <summary>How long each attempt may take; null for as long as it takes.</summary>
    public TimeSpan? TimeLimit { get; internal set; }

    /// <summary>How often it may be tried again after a failure, 0 by default.</summary>
    public int Retries { get; internal set; }

    /// <summary>One of the build's default targets.</summary>
    public bool IsDefault { get; internal set; }

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

    /// <summary>The first line of what failed.</summary>
    public string? Failure { get; internal set; }

    // What its last attempt set.
    internal int? ExitCode { get; set; }

    internal TimeSpan RetryDelay { get; set; }

    // Two seconds are promised from a stop to the end; assured targets and the summary need some of them.
    internal TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(1);

    internal List<ExecutableTarget> Needs { get; } = [];

    internal List<ExecutableTarget> Follows { get; } = [];

    internal List<ExecutableTarget> Pulls { get; } = [];

    internal List<string> Products { get; } = [];

    internal List<(ExecutableTarget Producer, string? Artifact)> Uses { get; } = [];

    internal List<Func<Task>> Actions { get; } = [];

    internal List<TargetCondition> StaticConditions { get; } = [];

    internal List<TargetCondition> DynamicConditions { get; } = [];

    internal List<TargetCondition> Requirements { get; } = [];

    internal Func<CancellationToken, Task<TargetForecast>>? Forecast { get; set; }

    internal bool OwnsOutput { get; set; }

    internal bool HasDocument { get; set; }

    // Arguments, and what they are for.
    internal List<(string Arguments, string Meaning)> Examples { get; } = [];

    /// <inheritdoc />
    public override string ToString() => Name;
}

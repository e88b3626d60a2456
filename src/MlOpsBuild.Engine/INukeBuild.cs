using System.Linq.Expressions;

namespace MlOpsBuild.Engine;

/// <summary>A build as its components see it. Names and meaning follow NUKE 10.1.</summary>
public interface INukeBuild
{
    /// <summary>Targets in the order in which they run.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>Targets named by the caller, or the defaults.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>Targets in the plan that have not begun.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>Targets left out.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>Targets running now.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>Targets that ended well.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>Targets that threw.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>No target failed, was aborted or was left unrun.</summary>
    bool IsSucceeding { get; }

    /// <summary>The opposite of <see cref="IsSucceeding"/>.</summary>
    bool IsFailing { get; }

    /// <summary>The exit code asked for; null leaves it to the outcome.</summary>
    int? ExitCode { get; set; }

    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>How much to print.</summary>
    Verbosity Verbosity { get; }

    /// <summary>Started by a person.</summary>
    bool IsLocalBuild { get; }

    /// <summary>Started by a build server.</summary>
    bool IsServerBuild { get; }

    /// <summary>Adds pairs to the running target's line of the summary.</summary>
    void ReportSummary(Func<Dictionary<string, string>, Dictionary<string, string>> configurator);

    /// <summary>The value of the parameter that <paramref name="parameterExpression"/> names, or null.</summary>
    T? TryGetValue<T>(Expression<Func<T>> parameterExpression) where T : class?;

    /// <summary>The value of a parameter of another type, for example <c>TryGetValue&lt;int?&gt;(() => Port)</c>.</summary>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);
}

using System.Linq.Expressions;
using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Tooling;

namespace MlOpsBuild.Engine;

/// <summary>A build as its components see it. Names and meaning follow NUKE 10.1.</summary>
public interface INukeBuild
{
    /// <summary>Targets in the order in which they run.</summary>
    IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; }

    /// <summary>Targets named by the caller, or the defaults.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>Targets left out.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>Targets in the plan that have not begun.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>Targets running now.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>Targets that were stopped.</summary>
    IReadOnlyCollection<ExecutableTarget> AbortedTargets { get; }

    /// <summary>Targets that threw.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>Targets that ended well.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>Targets that neither wait nor run.</summary>
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    /// <summary>No target failed, was aborted or was left unrun.</summary>
    bool IsSucceeding { get; }

    /// <summary>The opposite of <see cref="IsSucceeding"/>.</summary>
    bool IsFailing { get; }

    /// <summary>No target waits or runs.</summary>
    bool IsFinished { get; }

    /// <summary>The exit code asked for; null leaves it to the outcome.</summary>
    int? ExitCode { get; set; }

    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>The built program.</summary>
    AbsolutePath BuildAssemblyFile { get; }

    /// <summary>The folder of the built program.</summary>
    AbsolutePath BuildAssemblyDirectory { get; }

    /// <summary>The folder of the build project: <c>build</c>.</summary>
    AbsolutePath BuildProjectDirectory { get; }

    /// <summary>The build project; null when its folder has none.</summary>
    AbsolutePath? BuildProjectFile { get; }

    /// <summary>How much to print.</summary>
    Verbosity Verbosity { get; }

    /// <summary>Where the build runs: a terminal or a build server.</summary>
    Host Host { get; }

    /// <summary>The plan is shown, nothing runs.</summary>
    bool Plan { get; }

    /// <summary>Help is shown, nothing runs.</summary>
    bool Help { get; }

    /// <summary>Kept for compatibility: no logo is printed.</summary>
    bool NoLogo { get; }

    /// <summary>Started by a person.</summary>
    bool IsLocalBuild { get; }

    /// <summary>Started by a build server.</summary>
    bool IsServerBuild { get; }

    /// <summary>Goes on where the last run failed.</summary>
    bool Continue { get; }

    /// <summary>The part of a partitioned target's work to do.</summary>
    Partition Partition { get; }

    /// <summary>Replaces the pairs in the running target's line of the summary.</summary>
    /// <exception cref="InvalidOperationException">No target runs in the caller's flow.</exception>
    void ReportSummary(Configure<Dictionary<string, string>>? configurator = null);

    /// <summary>The value of the parameter that <paramref name="parameterExpression"/> names, or null.</summary>
    T? TryGetValue<T>(Expression<Func<T>> parameterExpression) where T : class?;

    /// <summary>The value of a parameter of another type, for example <c>TryGetValue&lt;int?&gt;(() => Port)</c>.</summary>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);
}

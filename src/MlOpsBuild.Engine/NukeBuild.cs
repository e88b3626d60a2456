using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.IO;
using MlOpsBuild.Engine.Parameters;
using MlOpsBuild.Engine.Tooling;

namespace MlOpsBuild.Engine;

/// <summary>Base of build classes. Names and meaning follow NUKE 10.1; state lives in the instance and its run.</summary>
public abstract partial class NukeBuild : INukeBuild
{
    /// <summary>What the build takes from the world around it.</summary>
    public BuildContext Context { get; internal set; } = null!;

    /// <inheritdoc />
    public int? ExitCode
    {
        get;
        set
        {
            field = value;
            if (State?.Running is { } running)
            {
                running.Target.ExitCode = value;
            }
        }
    }

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> ExecutionPlan { get; internal set; } = [];

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> InvokedTargets => [.. ExecutionPlan.Where(target => target.Invoked)];

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> ScheduledTargets => With(ExecutionStatus.Scheduled);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> SkippedTargets => With(ExecutionStatus.Skipped);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> RunningTargets => With(ExecutionStatus.Running);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> AbortedTargets => With(ExecutionStatus.Aborted);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets =>
        [.. With(ExecutionStatus.Succeeded), .. With(ExecutionStatus.Collective)];

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> FinishedTargets =>
        [.. ExecutionPlan.Where(
            target => target.Status is not (ExecutionStatus.None or ExecutionStatus.Scheduled or ExecutionStatus.Running))];

    /// <inheritdoc />
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc />
    public bool IsFailing =>
        ExecutionPlan.Any(target => target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    /// <inheritdoc />
    public bool IsFinished => ScheduledTargets.Count == 0 && RunningTargets.Count == 0;

    AbsolutePath INukeBuild.RootDirectory => Context.Root;

    AbsolutePath INukeBuild.TemporaryDirectory => (AbsolutePath)Context.Root / ".nuke" / "temp";

    AbsolutePath INukeBuild.BuildAssemblyFile => BuildAssemblyFile;

    AbsolutePath INukeBuild.BuildAssemblyDirectory => BuildAssemblyDirectory;

    AbsolutePath INukeBuild.BuildProjectDirectory => BuildProjectDirectory;

    AbsolutePath? INukeBuild.BuildProjectFile => BuildProjectFile;

    bool INukeBuild.IsLocalBuild => !Context.IsServerBuild;

    bool INukeBuild.IsServerBuild => Context.IsServerBuild;

    Verbosity INukeBuild.Verbosity => State.Verbosity;

    Host INukeBuild.Host => State.Host;

    internal RunState State { get; set; } = null!;

    internal IReadOnlyDictionary<string, ParameterValue> Values { get; set; } = new Dictionary<string, ParameterValue>();

    /// <summary>What attributes gave members, by name.</summary>
    internal Dictionary<string, object> Injected { get; } = [];

    /// <summary>Cancelled by a stop, or when the running target's time is up.</summary>
    /// <param name="build">The build.</param>
    public static CancellationToken StoppingOf(INukeBuild build) =>
        ((NukeBuild)build).State.Running?.Stopping ?? ((NukeBuild)build).Context.Stopping;

    /// <inheritdoc />
    public void ReportSummary(Configure<Dictionary<string, string>>? configurator = null)
    {
        var target = State.Running?.Target
            ?? throw new InvalidOperationException("ReportSummary speaks for the running target; no target runs here.");
        target.SummaryInformation.Clear();
        foreach (var (key, value) in configurator?.Invoke([]) ?? [])
        {
            target.SummaryInformation[key] = value;
        }
    }

    T? INukeBuild.TryGetValue<T>(Expression<Func<T>> parameterExpression) where T : class => (T?)ValueOf(parameterExpression);

    T? INukeBuild.TryGetValue<T>(Expression<Func<object?>> parameterExpression)
        where T : default => ValueOf(parameterExpression) is T value ? value : default;

    private object? ValueOf(LambdaExpression expression)
    {
        var member = (expression.Body as MemberExpression ?? (expression.Body as UnaryExpression)?.Operand as MemberExpression)?.Member
            ?? throw new ArgumentException($"'{expression}' must name a parameter.", nameof(expression));
        return Values.TryGetValue(ParameterName.Of(member), out var value)
            ? value.Value
            : Injected.GetValueOrDefault(ParameterName.Of(member));
    }

    private ExecutableTarget[] With(ExecutionStatus status) => [.. ExecutionPlan.Where(target => target.Status == status)];
}

using System.Linq.Expressions;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Parameters;
using MlOpsBuild.Engine.Startup;

namespace MlOpsBuild.Engine;

/// <summary>Base of build classes. Names and meaning follow NUKE 10.1; state lives in the instance and its context.</summary>
public abstract class NukeBuild : INukeBuild
{
    private static readonly AsyncLocal<BuildContext?> Ambient = new();

    /// <summary>The folder that holds <c>.nuke</c>.</summary>
    public static AbsolutePath RootDirectory => Current.Root!;

    /// <summary><c>.nuke/temp</c>.</summary>
    public static AbsolutePath TemporaryDirectory => RootDirectory / ".nuke" / "temp";

    /// <summary>Started by a person.</summary>
    public static bool IsLocalBuild => !Current.IsServerBuild;

    /// <summary>Started by a build server.</summary>
    public static bool IsServerBuild => Current.IsServerBuild;

    /// <summary>What the build takes from the world around it.</summary>
    public BuildContext Context { get; internal set; } = null!;

    /// <inheritdoc />
    public int? ExitCode { get; set; }

    /// <summary>Show help and stop.</summary>
    [Parameter("Shows targets and parameters")]
    public bool Help { get; private set; }

    /// <summary>Show the plan and stop.</summary>
    [Parameter("Shows what would run and why, without running")]
    public bool Plan { get; private set; }

    /// <summary>Machine-readable plan.</summary>
    [Parameter("With --plan: prints JSON")]
    public bool Json { get; private set; }

    /// <summary>The plan as a chart.</summary>
    [Parameter("With --plan: prints a Mermaid flowchart")]
    public bool Mermaid { get; private set; }

    /// <summary>Asks whether anything would run.</summary>
    [Parameter("With --plan: ends with 5 when something would run, with 0 when nothing would", Name = "exit-code")]
    public bool PlanExitCode { get; private set; }

    /// <summary>Targets to leave out.</summary>
    [Parameter("Targets to leave out", Separator = "+")]
    public string[]? Skip { get; private set; }

    /// <inheritdoc />
    [Parameter("How much is printed")]
    public Verbosity Verbosity { get; private set; } = Verbosity.Normal;

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
    public IReadOnlyCollection<ExecutableTarget> SucceededTargets => [.. With(ExecutionStatus.Succeeded), .. With(ExecutionStatus.Collective)];

    /// <inheritdoc />
    public IReadOnlyCollection<ExecutableTarget> FailedTargets => With(ExecutionStatus.Failed);

    /// <inheritdoc />
    public bool IsSucceeding => !IsFailing;

    /// <inheritdoc />
    public bool IsFailing => ExecutionPlan.Any(target => target.Status is ExecutionStatus.Failed or ExecutionStatus.Aborted or ExecutionStatus.NotRun);

    AbsolutePath INukeBuild.RootDirectory => Context.Root!;

    AbsolutePath INukeBuild.TemporaryDirectory => (AbsolutePath)Context.Root! / ".nuke" / "temp";

    bool INukeBuild.IsLocalBuild => !Context.IsServerBuild;

    bool INukeBuild.IsServerBuild => Context.IsServerBuild;

    /// <summary>Targets that act even when the program is older than its sources, so that they never wait for a compiler.</summary>
    protected internal virtual IReadOnlyCollection<string> TargetsThatNeverRebuild => [];

    /// <summary>Targets that take the word after them as the value of a parameter: <c>Lineage v3</c> for <c>Lineage --of v3</c>.</summary>
    protected internal virtual IReadOnlyDictionary<string, string> Operands => new Dictionary<string, string>();

    /// <summary>Called when all targets have ended, before the summary.</summary>
    protected internal virtual void OnBuildFinished()
    {
    }

    internal static BuildContext Current
    {
        get => Ambient.Value ?? throw new InvalidOperationException("No build is running: static members of NukeBuild are read inside a build.");
        set => Ambient.Value = value;
    }

    internal IReadOnlyDictionary<string, ParameterValue> Values { get; set; } = new Dictionary<string, ParameterValue>();

    /// <inheritdoc />
    public void ReportSummary(Func<Dictionary<string, string>, Dictionary<string, string>> configurator)
    {
        var information = RunningTargets.Single().SummaryInformation;
        foreach (var (key, value) in configurator([]))
        {
            information[key] = value;
        }
    }

    /// <inheritdoc />
    public T? TryGetValue<T>(Expression<Func<T>> parameterExpression) where T : class? => (T?)ValueOf(parameterExpression);

    /// <inheritdoc />
    public T? TryGetValue<T>(Expression<Func<object?>> parameterExpression) => (T?)ValueOf(parameterExpression);

    /// <summary>Runs the build in this process; the result is the exit code.</summary>
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions) where T : NukeBuild, new() =>
        BuildProgram.Main<T>(defaultTargetExpressions);

    internal void Inject()
    {
        foreach (var value in Values.Values)
        {
            switch (value.Declaration.Member)
            {
                case System.Reflection.FieldInfo field:
                    field.SetValue(this, value.Value);
                    break;
                case System.Reflection.PropertyInfo { CanWrite: true } property when property.DeclaringType!.IsClass:
                    property.SetValue(this, value.Value);
                    break;
                case System.Reflection.PropertyInfo property when BackingField(property) is { } backing:
                    backing.SetValue(this, value.Value);
                    break;
            }
        }
    }

    // A property with an initialiser and no setter, as NUKE builds declare their parameters.
    private static System.Reflection.FieldInfo? BackingField(System.Reflection.PropertyInfo property) => property.DeclaringType!.GetField(
        $"<{property.Name}>k__BackingField", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic);

    private object? ValueOf(LambdaExpression expression)
    {
        var member = (expression.Body as MemberExpression ?? (expression.Body as UnaryExpression)?.Operand as MemberExpression)?.Member
            ?? throw new ArgumentException($"'{expression}' must name a parameter.", nameof(expression));
        return Values.TryGetValue(ParameterName.Of(member), out var value) ? value.Value : null;
    }

    private ExecutableTarget[] With(ExecutionStatus status) => [.. ExecutionPlan.Where(target => target.Status == status)];
}

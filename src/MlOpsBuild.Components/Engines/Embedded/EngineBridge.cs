using System.Reflection;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>The base of ML builds that this engine needs: what the command line may do beyond NUKE's.</summary>
public abstract class EngineBuild : NukeBuild
{
    /// <inheritdoc />
    protected override IReadOnlyCollection<string> TargetsThatNeverRebuild =>
        [nameof(IRollBack.Rollback), nameof(IInspect.Status), nameof(IMaintainStore.Stop)];

    /// <summary>
    /// Components read the parameters of those that they are built on. What names pipelines, store, environment and machines counts for
    /// every one of them, and what a build's own targets read is not known.
    /// </summary>
    protected override bool MayRead(ExecutableTarget target, MemberInfo parameter) =>
        parameter.DeclaringType is not { IsInterface: true } component
        || component.Assembly != typeof(IHazPipelines).Assembly
        || component.IsAssignableFrom(typeof(IHazPipelines))
        || target.Member.DeclaringType is not { IsInterface: true } own
        || (component.IsAssignableFrom(own) && parameter.GetCustomAttribute<ReadByAttribute>()?.Targets.Contains(target.Name) != false);

    /// <inheritdoc />
    protected override IReadOnlyDictionary<string, IReadOnlyList<string>> Operands => TargetOperands.Names;
}

/// <summary>All that components need of an engine beyond its definitions: token, output, masking, the caller's world.</summary>
internal static class EngineBridge
{
    /// <summary>The engine has looked at everything itself.</summary>
    public static void Prepare(INukeBuild build)
    {
    }

    /// <summary>Runs <paramref name="action"/> when the last target of the build has ended.</summary>
    public static void AtEnd(INukeBuild build, Action action) => ((NukeBuild)build).AtEnd(action);

    /// <summary>Fails the build, whose targets have ended.</summary>
    public static void FailAtEnd(INukeBuild build) => build.ExitCode ??= ExitCodes.TargetBroke;

    /// <summary>The failure as it is: the engine masks and knows exit codes of stops.</summary>
    public static Exception Told(INukeBuild build, Exception failure)
    {
        if (failure is FindingsException found)
        {
            build.ExitCode = found.ExitCode;
        }

        return failure;
    }

    /// <summary>A condition that is asked before the first target.</summary>
    public static ITargetDefinition Requires(ITargetDefinition definition, INukeBuild build, Func<bool> holds, string text) =>
        definition.Requires(holds, text);

    /// <summary>What a target has to say in the table at the end.</summary>
    public static void Summarise(INukeBuild build, IReadOnlyList<string> notes) =>
        build.ReportSummary(pairs => notes.Aggregate(pairs, (all, note) =>
        {
            all[note] = "";
            return all;
        }));

    /// <summary>A session on what the engine gives <paramref name="build"/>.</summary>
    public static RunSession NewSession(INukeBuild build)
    {
        var context = ((NukeBuild)build).Context;
        return new(
            context.Root, context.Arguments, context.Environment, context.Time, new ConsoleOutput(context.Console, ((NukeBuild)build).Json),
            build.IsServerBuild) { Command = context.Command };
    }

    /// <summary>Environment variables of the build.</summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(INukeBuild build) => ((NukeBuild)build).Context.Environment;

    /// <summary>Cancelled when the build is stopped, or the running target's time is up.</summary>
    public static CancellationToken StoppingOf(INukeBuild build) => NukeBuild.StoppingOf(build);

    /// <summary>Lets <c>--plan</c> ask what a target of stages would do.</summary>
    public static ITargetDefinition Forecasts(
        ITargetDefinition definition, Func<CancellationToken, Task<(bool WouldRun, IReadOnlyList<string> Steps)>> forecast) =>
        definition.Forecasts(async cancellationToken =>
        {
            var (wouldRun, steps) = await forecast(cancellationToken);
            return new(wouldRun, steps);
        });

    /// <summary>An action that, once stopped, first puts things right: a canary is withdrawn before the build ends.</summary>
    public static ITargetDefinition StopsGracefully(ITargetDefinition definition) => definition.Grace(TimeSpan.FromSeconds(30));

    /// <summary>A target that gives a document when <c>--json</c> asks for one.</summary>
    public static ITargetDefinition HasDocument(ITargetDefinition definition) => TargetExtensions.HasDocument(definition);

    /// <summary>A use of the target, for <c>--help</c>.</summary>
    public static ITargetDefinition Example(ITargetDefinition definition, string arguments, string meaning) =>
        TargetExtensions.Example(definition, arguments, meaning);

    /// <summary>A target that owns standard output: what is for people goes to standard error.</summary>
    public static ITargetDefinition OwnsOutput(ITargetDefinition definition, INukeBuild build) => TargetExtensions.OwnsOutput(definition);

    /// <summary>The targets that were asked for, or run by default.</summary>
    public static IReadOnlyList<string> TargetsOf(INukeBuild build) => [.. build.InvokedTargets.Select(target => target.Name)];

    /// <summary>How many pieces of work at once the caller allows.</summary>
    public static int LanesOf(INukeBuild build) => ((NukeBuild)build).Parallel;

    /// <summary>Standard input of the process.</summary>
    public static Stream StandardInput() => Console.OpenStandardInput();

    /// <summary>Standard output of the process.</summary>
    public static Stream StandardOutput() => Console.OpenStandardOutput();

    // Names and cells of files are foreign: a terminal must not obey them.
    private sealed class ConsoleOutput(BuildConsole console, bool wantsDocument) : ISessionOutput
    {
        public bool WantsDocument => wantsDocument;

        public void Document(string text) => console.Data(text);

        public void Line(string text) => console.Line(Excerpt.Visible(text));

        public void Warn(string text) => console.Line(Excerpt.Visible(text), ConsoleTone.Warning);

        public void Good(string text) => console.Line(Excerpt.Visible(text), ConsoleTone.Good);

        public void Progress(string text) => console.Progress(text);

        public void Mask(string secret) => console.Mask(secret);

        public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) =>
            console.Table(headers, rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Excerpt.Visible)]));
    }
}

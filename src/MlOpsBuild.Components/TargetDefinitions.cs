using System.Runtime.CompilerServices;
using MlOpsBuild.Components.Flow;
using MlOpsBuild.Components.Jobs;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components;

/// <summary>What the targets of components, and of builds made with them, are written with.</summary>
public static class TargetDefinitions
{
    private static readonly ConditionalWeakTable<INukeBuild, RunSession> Sessions = [];

    /// <summary>
    /// A target that works with the session: its output, masks and findings. A failure with findings sets the exit code it asks for.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="build">The build.</param>
    /// <param name="work">The work; its token is cancelled when the build is stopped.</param>
    public static ITargetDefinition Executes(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work)
    {
        EngineBridge.Prepare(build);
        return definition.Executes(() => RunAsync(build, work, EngineBridge.StoppingOf(build)));
    }

    /// <summary>Files that the target reads: it is restored when neither they nor the build program changed.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="patterns">Paths and patterns (<c>*</c>, <c>?</c>, <c>**</c>), from the root directory on. Each
    /// matches at least one file.</param>
    public static CachedTarget Inputs(this ITargetDefinition definition, params string[] patterns) =>
        new CachedTarget(definition).Inputs(patterns);

    /// <summary>Files and folders that the target makes, and that are put back when it is restored.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="paths">Paths from the root directory on, below it.</param>
    public static CachedTarget Outputs(this ITargetDefinition definition, params string[] paths) =>
        new CachedTarget(definition).Outputs(paths);

    /// <summary>A value that the target's outputs depend on.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="value">Gives it, serialisable as JSON; asked when the target is to run. Only its digest is kept.</param>
    /// <param name="name">How it is called when it is the reason to run; the expression by default.</param>
    public static CachedTarget CacheKey(
        this ITargetDefinition definition, Func<object?> value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        new CachedTarget(definition).CacheKey(value, name);

    /// <summary>An action on the team's state, or a look at it; one at a time.</summary>
    /// <param name="definition">The target.</param>
    /// <param name="build">The build.</param>
    /// <param name="work">The work.</param>
    /// <param name="pulls">False when it waits for no remote.</param>
    internal static ITargetDefinition Executes(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work, bool pulls) =>
        EngineBridge.StopsGracefully(definition.Executes(build, Exclusively(build, work, pulls)));

    /// <summary>A look at the team's state: takes its facts over and shares none, unless the build does something else, too.</summary>
    internal static ITargetDefinition ReadsState(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        definition.Executes(build, Exclusively(build, work, pulls: true, looksOnly: true));

    /// <summary>A look that also gives a document for programs.</summary>
    internal static ITargetDefinition PrintsDocument(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        EngineBridge.HasDocument(definition.ReadsState(build, work));

    /// <summary>An action that also gives a document for programs.</summary>
    internal static ITargetDefinition ActsWithDocument(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        EngineBridge.HasDocument(definition.Executes(build, work, pulls: true));

    /// <summary>A target that talks to a program on standard input and output, on which nothing else is printed.</summary>
    internal static ITargetDefinition Serves(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, Stream, Stream, CancellationToken, Task> work) =>
        EngineBridge.OwnsOutput(definition.Executes(build, async (session, cancellationToken) =>
        {
            await using var input = EngineBridge.StandardInput();
            await using var output = EngineBridge.StandardOutput();
            await work(session, input, output, cancellationToken);
        }), build);

    /// <summary>A use of the target, for <c>--help</c>.</summary>
    internal static ITargetDefinition Example(this ITargetDefinition definition, string arguments, string meaning) =>
        EngineBridge.Example(definition, arguments, meaning);

    /// <summary>A condition of the target that is asked before anything runs; where it does not hold, the call is wrong.</summary>
    internal static ITargetDefinition RequiresOf(this ITargetDefinition definition, INukeBuild build, Func<bool> holds, string text) =>
        EngineBridge.Requires(definition, build, holds, text);

    /// <summary>An action that <c>--plan</c> can tell of.</summary>
    internal static ITargetDefinition ExecutesWithForecast(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        EngineBridge.StopsGracefully(definition.ExecutesStages(build, work));

    /// <summary>A target made of stages: <c>--plan</c> can tell which of them would be restored.</summary>
    internal static ITargetDefinition ExecutesStages(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        EngineBridge.Forecasts(
            definition.Executes(build, Exclusively(build, work, pulls: true)),
            cancellationToken => ForecastAsync(build, work, cancellationToken));

    /// <summary>As <see cref="ExecutesStages"/>, for work that does not touch the team's state itself: several run at once.</summary>
    internal static ITargetDefinition ExecutesBeside(
        this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        EngineBridge.Forecasts(
            definition.Executes(build, async (session, cancellationToken) =>
            {
                session.HasActed = true;
                await JoinExclusivelyAsync(build, session, cancellationToken);
                await work(session, cancellationToken);
            }),
            cancellationToken => ForecastAsync(build, work, cancellationToken));

    /// <summary>Shares with the team what is not shared yet; for the end of a build.</summary>
    private static void Share(INukeBuild build)
    {
        if (Sessions.TryGetValue(build, out var session)
            && session.HasActed
            && EngineBridge.StoppingOf(build) is { IsCancellationRequested: false } stopping)
        {
            session.ShareAsync(stopping).GetAwaiter().GetResult();
        }
    }

    // Last, when numbers of versions are settled with the team.
    private static void Mirror(INukeBuild build)
    {
        if (Sessions.TryGetValue(build, out var session)
            && session is { HasActed: true, Tracking.Mirror: not null }
            && !MirrorFlow.AtEndAsync(session, Picked(build), EngineBridge.StoppingOf(build)).GetAwaiter().GetResult()
            && session.Tracking.Required)
        {
            session.Output.Warn("--mlflow-required: the build fails");
            EngineBridge.FailAtEnd(build);
        }
    }

    private static void End(INukeBuild build)
    {
        if (Sessions.TryGetValue(build, out var session))
        {
            session.Elsewhere?.Dispose();
        }
    }

    internal static IReadOnlyList<string> Picked(INukeBuild build) => build is not IHazPipelines pipelines ? []
        : [.. pipelines.Pipelines.Select(pipeline => pipeline.Name)
            .Where(name => pipelines.Pipeline == null || name == pipelines.Pipeline)];

    private static Func<RunSession, CancellationToken, Task> Exclusively(
        IHazSession build, Func<RunSession, CancellationToken, Task> work, bool pulls,
        bool looksOnly = false) => async (session, cancellationToken) =>
    {
        session.HasActed |= !looksOnly;
        using var turn = await session.LockAsync(cancellationToken);
        await JoinAsync(build, session, pulls, cancellationToken);
        await work(session, cancellationToken);
    };

    private static async Task JoinExclusivelyAsync(IHazSession build, RunSession session, CancellationToken cancellationToken)
    {
        using var turn = await session.LockAsync(cancellationToken);
        await JoinAsync(build, session, pulls: true, cancellationToken);
    }

    private static Task JoinAsync(IHazSession build, RunSession session, bool pulls, CancellationToken cancellationToken)
    {
        session.VerifiesCache = build.VerifyCache;
        if (!session.HasJoined)
        {
            session.Track(TrackingSettings.Of(build, session));
            session.Govern(DeclaredPolicies.Of(build));
            session.Cluster = ClusterChoice.Of(build);
            session.RunElsewhere(JobChoice.Of(build));
        }

        return session.JoinAsync(TeamSettings.Of(build), build.Environment, pulls, cancellationToken);
    }

    /// <summary>What the targets of <paramref name="build"/> share.</summary>
    internal static RunSession SessionOf(INukeBuild build) => Sessions.GetValue(build, _ =>
    {
        EngineBridge.AtEnd(build, () =>
        {
            Share(build);
            Mirror(build);
            End(build);
        });
        return EngineBridge.NewSession(build);
    });

    private static async Task RunAsync(
        IHazSession build, Func<RunSession, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var session = SessionOf(build);
        var notes = session.TakeNotesHere();
        try
        {
            await work(session, cancellationToken);
        }
        catch (Exception failure)
        {
            var told = EngineBridge.Told(build, failure);
            if (told != failure)
            {
                throw told;
            }

            throw;
        }
        finally
        {
            await session.TellAsync(CancellationToken.None);
            Summarise(build, notes.Texts);
        }
    }

    private static async Task<(bool WouldRun, IReadOnlyList<string> Steps)> ForecastAsync(
        IHazSession build, Func<RunSession, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var session = SessionOf(build);
        session.BeginForecast();
        try
        {
            await JoinAsync(build, session, pulls: true, cancellationToken);
            await work(session, cancellationToken);
        }
        catch (StageWouldRunException stage)
        {
            session.Forecast(new(stage.Stage, true, stage.Reason));
        }
        catch (FindingsException problem)
        {
            return (true, [.. session.TakeForecasts().Select(step => step.ToString()), $"would fail: {problem.Message}"]);
        }

        var steps = session.TakeForecasts();
        return (steps.Any(step => step.WouldRun), [.. steps.Select(step => step.ToString())]);
    }

    private static void Summarise(IHazSession build, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            EngineBridge.Summarise(build, notes);
        }
    }
}

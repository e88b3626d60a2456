using System.Runtime.CompilerServices;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Stages;

namespace MlOpsBuild.Components;

/// <summary>All that components need of an engine beyond its definitions: token, output, masking, the caller's world.</summary>
internal static class EngineBridge
{
    private static readonly ConditionalWeakTable<INukeBuild, RunSession> Sessions = [];

    /// <summary>The session of <paramref name="build"/>, one per build instance.</summary>
    public static RunSession SessionOf(INukeBuild build) => Sessions.GetValue(build, static build =>
    {
        var context = ((NukeBuild)build).Context;
        return new(context.Root, context.Arguments, context.Environment, context.Time, new ConsoleOutput(context.Console), build.IsServerBuild);
    });

    /// <summary>A target made of stages: <c>--plan</c> can tell which of them would be restored.</summary>
    public static ITargetDefinition Performs(this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work) =>
        definition.Acts(build, work).Forecasts(cancellationToken => ForecastAsync(build, work, cancellationToken));

    /// <summary>
    /// A target that acts, or only looks: gives its work the session and the token; a failure with findings sets the exit code it asks for.
    /// </summary>
    /// <param name="definition">The target.</param>
    /// <param name="build">The build.</param>
    /// <param name="work">The work.</param>
    /// <param name="pulls">False when it waits for no remote.</param>
    public static ITargetDefinition Acts(this ITargetDefinition definition, IHazSession build, Func<RunSession, CancellationToken, Task> work, bool pulls = true) =>
        definition.Executes(async () =>
        {
            var stopping = ((NukeBuild)build).Context.Stopping;
            try
            {
                var session = SessionOf(build);
                try
                {
                    await session.JoinAsync(TeamSettings.Of(build), pulls, stopping);
                    await work(session, stopping);
                }
                finally
                {
                    await session.TellAsync(CancellationToken.None);
                    Summarise(build, session.TakeNotes());
                }
            }
            catch (FindingsException failure)
            {
                build.ExitCode = failure.ExitCode;
                throw;
            }
        });

    /// <summary>Shares with the team what is not shared yet; for the end of a build.</summary>
    public static void Share(INukeBuild build)
    {
        if (Sessions.TryGetValue(build, out var session) && ((NukeBuild)build).Context is { Stopping: { IsCancellationRequested: false } stopping })
        {
            session.ShareAsync(stopping).GetAwaiter().GetResult();
        }
    }

    private static async Task<TargetForecast> ForecastAsync(IHazSession build, Func<RunSession, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var session = SessionOf(build);
        session.BeginForecast();
        try
        {
            await session.JoinAsync(TeamSettings.Of(build), pulls: true, cancellationToken);
            await work(session, cancellationToken);
        }
        catch (StageWouldRunException stage)
        {
            session.Forecast(new(stage.Stage, true, stage.Reason));
        }
        catch (FindingsException problem)
        {
            return new(true, [.. session.TakeForecasts().Select(step => step.ToString()), $"would fail: {problem.Message}"]);
        }

        var steps = session.TakeForecasts();
        return new(steps.Any(step => step.WouldRun), [.. steps.Select(step => step.ToString())]);
    }

    private static void Summarise(IHazSession build, IReadOnlyList<string> notes)
    {
        if (notes.Count > 0)
        {
            build.ReportSummary(pairs => notes.Aggregate(pairs, (all, note) =>
            {
                all[note] = "";
                return all;
            }));
        }
    }

    private sealed class ConsoleOutput(BuildConsole console) : ISessionOutput
    {
        public void Line(string text) => console.Line(text);

        public void Warn(string text) => console.Line(text, ConsoleTone.Warning);

        public void Good(string text) => console.Line(text, ConsoleTone.Good);

        public void Progress(string text) => console.Line("  " + text, ConsoleTone.Faint);

        public void Mask(string secret) => console.Mask(secret);

        public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => console.Table(headers, rows);
    }
}

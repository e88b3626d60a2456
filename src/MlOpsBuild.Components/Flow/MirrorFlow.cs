using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Tracking;
using MlOpsBuild.Tracking.Mirroring;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>What was done → MLflow, after the facts.</summary>
internal static class MirrorFlow
{
    /// <summary>Mirrors what this build did, and what waits from builds before.</summary>
    /// <param name="session">What was done.</param>
    /// <param name="pipelines">The pipelines that were meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the server has it all.</returns>
    public static async Task<bool> AtEndAsync(RunSession session, IReadOnlyList<string> pipelines, CancellationToken cancellationToken)
    {
        if (session.Tracking.Mirror is not { } server || session.IsForecast || session.HasMirrored)
        {
            return true;
        }

        var mirror = new Mirror(session.Store, server, session.Time);
        if (cancellationToken.IsCancellationRequested)
        {
            await mirror.PostponeAsync(session.RunsBegun, CancellationToken.None);
            return false;
        }

        using var limit = new CancellationTokenSource(session.Patience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Whoever proposes a change does not thereby move what the team serves, nor what MLflow says of it.
            var scope = new MirrorScope(pipelines, session.RunsBegun) { TakesVersions = !session.IsOfChangeRequest };
            return Tell(session, server, await mirror.RunAsync(scope, either.Token));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            session.Output.Warn(Unfinished(
                server, Invariant($"it did not take what is new within {session.Patience.TotalSeconds:0} s"), session.RunsBegun.Count));
        }
        catch (FindingsException problem)
        {
            session.Output.Warn(Unfinished(server, problem.Message, session.RunsBegun.Count));
        }

        return false;
    }

    /// <summary>Compares everything with the server and sends what it lacks.</summary>
    /// <exception cref="UsageException">No server was named.</exception>
    /// <exception cref="StageFailedException">It did not take everything.</exception>
    public static async Task MirrorAsync(RunSession session, IReadOnlyList<string> pipelines, CancellationToken cancellationToken)
    {
        var server = session.Tracking.Mirror ?? throw new UsageException(new Finding(
            "MLB7120", "No MLflow server to mirror to", "Mirror", null, "--mlflow URL", "name it"));
        session.HasMirrored = true;
        var meant = pipelines.Count > 0 ? pipelines : ServingPlaces.Pipelines(session);
        var report = await new Mirror(session.Store, server, session.Time)
            .RunAsync(new(meant, null) { TakesVersions = !session.IsOfChangeRequest }, cancellationToken);
        Say(session, server, report);
        if (!report.BroughtSomething && report.Problems.Count == 0)
        {
            session.Output.Good($"MLflow {server} has everything");
        }

        if (report.Problems.Count > 0)
        {
            throw new StageFailedException(
                "Not everything is mirrored",
                [.. report.Problems.Select(problem => new Finding(
                    "MLB7121", "MLflow did not take it", server.ToString(), problem, null,
                    "run Mirror again: it goes on where it stopped"))],
                Verdict.Error);
        }
    }

    private static bool Tell(RunSession session, TrackingServer server, MirrorReport report)
    {
        Say(session, server, report);
        if (report.Problems.Count > 0)
        {
            session.Output.Warn(Unfinished(server, string.Join("; ", report.Problems), report.Waiting));
        }

        return report.Problems.Count == 0;
    }

    private static void Say(RunSession session, TrackingServer server, MirrorReport report)
    {
        if (report.BroughtSomething)
        {
            string[] parts = [Counted(report.Runs, "run"), Counted(report.Versions, "version"), .. report.Moves];
            session.Output.Line($"MLflow {server}: {string.Join(", ", parts.Where(part => part.Length > 0))}");
        }

        report.Notes.ToList().ForEach(note => session.Output.Line($"MLflow: {note}"));
    }

    private static string Unfinished(TrackingServer server, string cause, int waiting) =>
        $"MLflow {server} does not have everything: {cause.ReplaceLineEndings(" ")}. "
        + $"{(waiting == 0 ? "" : Counted(waiting, "run") + (waiting == 1 ? " waits; " : " wait; "))}the next build with --mlflow, or Mirror, goes on.";

    private static string Counted(int count, string thing) =>
        count == 0 ? "" : Invariant($"{count:N0} {thing}{(count == 1 ? "" : "s")}");
}

using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Monitoring;
using MlOpsBuild.Delivery.Views;
using MlOpsBuild.Online;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>What a version looked up in feature views → how fresh it was, and whether training would have found the same.</summary>
internal static class ViewMonitorFlow
{
    /// <summary>The result with what is to be said of feature views; the same where the version takes values of none.</summary>
    public static async Task<MonitorResult> JudgeAsync(
        RunSession session, PipelineRun run, WatchedVersion watched, MonitorResult result, CancellationToken cancellationToken)
    {
        var judged = new List<(JoinedView View, ViewFreshness Fresh, ViewSkew? Skew, string? Unread)>();
        foreach (var view in watched.Input.Contract.Views ?? [])
        {
            var (skew, unread) = await SkewAsync(session, run, watched, view, cancellationToken);
            judged.Add((view, new(view, watched.Input.Policy.ToleratedRate), skew, unread));
        }

        if (judged.Count == 0)
        {
            return result;
        }

        using var delivery = DeliveryParts.Look(session, result.Pipeline, result.Environment);
        var folder = await delivery.Environment.PredictionsAsync(cancellationToken);
        await foreach (var entry in LookupLog.ReadAsync(folder, result.Version, result.From, cancellationToken))
        {
            foreach (var (_, fresh, skew, _) in judged)
            {
                fresh.Add(entry);
                skew?.Add(entry);
            }
        }

        var aspects = new List<MonitorAspect>();
        var opener = MaterializeFlow.Opener(session, result.Pipeline, result.Environment);
        foreach (var (view, fresh, skew, unread) in judged)
        {
            var (state, problem) = await StateAsync(delivery.Environment, opener, view, cancellationToken);
            var freshness = fresh.Judge(state, session.Time.GetUtcNow());
            aspects.Add(problem == null ? freshness : new(freshness.Name, Verdict.Failed, problem));
            aspects.Add(skew?.Judge() ?? new(Invariant($"feature view {view.Name}, skew"), Verdict.Inconclusive, unread!));
        }

        return result with { Aspects = [.. result.Aspects, .. aspects] };
    }

    /// <summary>What an online store has of the views that serve, in a line each.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(
        RunSession session, string pipeline, string environment, Observation observed, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        if (observed.Routes?.Baseline?.Views is not { Count: > 0 } views)
        {
            return lines;
        }

        var opener = MaterializeFlow.Opener(session, pipeline, environment);
        using var delivery = DeliveryParts.Look(session, pipeline, environment);
        foreach (var view in views)
        {
            var (state, problem) = await StateAsync(delivery.Environment, opener, view, cancellationToken);
            lines.Add(new ViewFreshness(view, 0).Judge(state, session.Time.GetUtcNow()) is var aspect && problem == null
                ? $"{pipeline}/{environment}, {aspect.Name}: {aspect.Evidence}"
                : $"{pipeline}/{environment}, {aspect.Name}: {problem}");
        }

        return lines;
    }

    // Null with the reason where there is nothing to compare with.
    private static async Task<(ViewSkew? Skew, string? Problem)> SkewAsync(
        RunSession session, PipelineRun run, WatchedVersion watched, JoinedView view, CancellationToken cancellationToken)
    {
        if (run.Specification.Views.FirstOrDefault(join => join.View.Name == view.Name) is not { } join)
        {
            return (null, "the pipeline defines it no more");
        }

        try
        {
            var snapshot = await ViewFlow.IngestAsync(session, run, join, recorded: false, cancellationToken);
            var rows = await snapshot.ReadAsync(cancellationToken);
            return view.Columns.All(column => join.View.Contract.Columns.Any(known => known.Name == column.From))
                ? (new(view, watched.Input.Contract, rows, watched.Input.Policy.ToleratedSkew), null)
                : (null, "the view has other columns now");
        }
        catch (FindingsException problem)
        {
            return (null, $"its rows cannot be read: {problem.Findings[0].What}");
        }
    }

    // Files are where the gateway has them, which may not be this machine.
    private static async Task<(OnlineState? State, string? Problem)> StateAsync(
        IEnvironment environment, OnlineStoreOpener opener, JoinedView view, CancellationToken cancellationToken)
    {
        try
        {
            if (view.Store.Kind == OnlineStoreKind.Files)
            {
                return (await environment.ViewStateAsync(view.Name, cancellationToken), null);
            }

            await using var store = opener.Open(view.Store);
            return (await store.StateAsync(view.Name, cancellationToken), null);
        }
        catch (FindingsException problem)
        {
            return (null, $"{problem.Findings[0].What}: {problem.Findings[0].Value}");
        }
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Puts the version before back: intent, traffic, records. Needs no pipeline definition, waits for nobody, and overtakes a deployment that
/// is under way.
/// </summary>
public sealed class Rollback(MlOpsStore store, IEnvironment environment, TimeProvider time)
{
    // A version that hangs must not keep its successor waiting, nor a build that hangs the person who rolls back.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);

    /// <summary>Told each step when it is done.</summary>
    internal IProgress<TrafficStep>? Steps { get; init; }

    /// <summary>Rolls <paramref name="pipeline"/> back.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="started">Timestamp of the command's start, for the measured time.</param>
    /// <param name="progress">Told what was left open by others.</param>
    /// <param name="cancellationToken">Stops before traffic is moved.</param>
    /// <exception cref="UsageException">There is no version to go back to.</exception>
    public async Task<RollbackResult> RunAsync(
        string pipeline, string actor, string reason, long started, IProgress<string> progress, CancellationToken cancellationToken)
    {
        store.Trust.RequireKey("Rolling back");
        var changes = new TrafficChange(store, pipeline, environment.Name, time, Steps);
        var (held, settled) = ((IDisposable?)null, false);
        if (await TryAsync(async token => held = await changes.LockAsync(token, LockPatience), cancellationToken) is { } busy)
        {
            progress.Report($"not waiting for whoever changes traffic: {busy}");
        }

        using var release = held;

        // Looking at what serves and reading where to go back to wait for different things: they are done at once.
        var reading = ReadAsync(pipeline, cancellationToken);
        var observed = await environment.ObserveAsync(cancellationToken, Patience);
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await TryAsync(
            async token => settled = await new Settlement(store, pipeline, environment, time).SettleAsync(observed, progress, token),
            cancellationToken)
            is { } open)
        {
            // What was settled in part has changed something, too.
            settled = true;
            progress.Report($"what was left open stays open: {open}");
        }

        observed = settled ? await environment.ObserveAsync(cancellationToken, Patience) : observed;
        if (observed.Routes is { } routes && (routes.Canary ?? routes.Experiment?.Treatment) is { } canary)
        {
            var withdrawal = changes.Decide(
                RouteChangeKind.Withdraw, canary.Version, routes.Baseline?.Version, actor, reason,
                routes.Experiment?.Id ?? routes.Change?.Deployment);
            await TryAsync(token => changes.BeginAsync(withdrawal, token), cancellationToken);
            await new RollbackMove(environment).WithdrawAsync(withdrawal, cancellationToken);
            changes.Moved();
            var note = await RecordAsync(changes, withdrawal, time.GetElapsedTime(started), CancellationToken.None);
            if (routes.Experiment != null)
            {
                await StopAsync(server => server.Is(canary) && !server.IsAmong(routes.Warm), CancellationToken.None);
            }

            return new(
                canary.Version, routes.Baseline?.Version, time.GetElapsedTime(started), true,
                note ?? $"{(routes.Experiment == null ? "a canary" : "an A/B test")} was in course; it was withdrawn");
        }

        var way = await (settled ? ReadAsync(pipeline, cancellationToken) : reading);
        way.Doubts.ToList().ForEach(doubt => progress.Report(doubt.ToString()));
        var change = changes.Decide(RouteChangeKind.Rollback, way.From, way.To, actor, reason, null);
        await TryAsync(token => changes.BeginAsync(change, token), cancellationToken);
        var warm = await new RollbackMove(environment).ToAsync(way.To, way.Model, change, observed, 0, 1, cancellationToken);
        changes.Moved();
        var took = time.GetElapsedTime(started);
        var problem = await RecordAsync(changes, change, took, CancellationToken.None);
        await StopAsync(server => server.Version == way.From, CancellationToken.None);
        return new(way.From, way.To, took, warm == true, problem);
    }

    private async Task StopAsync(Func<ServerInstance, bool> isBad, CancellationToken cancellationToken)
    {
        foreach (var bad in (await environment.ServersAsync(cancellationToken)).Where(isBad))
        {
            await environment.StopAsync(bad, cancellationToken);
        }
    }

    private async Task<WayBack> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var (registry, alias) = (store.Versions(pipeline), EnvironmentAlias.Of(environment.Name));
        var doubts = await registry.DoubtsAsync(cancellationToken);
        var champion = await registry.ResolveAsync(alias, cancellationToken);
        var predecessors = await registry.PredecessorsAsync(alias, cancellationToken);
        if (champion == null || predecessors.Count == 0)
        {
            throw new UsageException(new Finding(
                "MLB5010", "There is no version to go back to", $"{pipeline}/{environment.Name}",
                champion == null ? "nothing serves" : $"v{champion.Number} is the first", "an earlier version",
                "deploy another version first, or end this one with ./build.sh Stop"));
        }

        var target = (await registry.AllAsync(cancellationToken)).Single(version => version.Number == predecessors[0]);
        return new(champion.Number, target.Number, await ServedModel.OfAsync(store, target, cancellationToken), doubts);
    }

    // Somebody who rolls back does not wait for whoever hangs, nor for a store that cannot be read or written: what went wrong is told.
    private static async Task<string?> TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
            return null;
        }
        catch (FindingsException problem)
        {
            return problem.Message;
        }
    }

    // Traffic has moved already. The gateway keeps the decision.
    private static async Task<string?> RecordAsync(
        TrafficChange changes, RouteChange change, TimeSpan took, CancellationToken cancellationToken) =>
        await TryAsync(token => changes.RecordAsync(change, took, token), cancellationToken) is { } problem
            ? $"traffic moved, but the record was not written: {problem}; the gateway keeps the decision, and the next command writes it"
            : null;

    private sealed record WayBack(int From, int To, ServedModel Model, IReadOnlyList<Finding> Doubts);
}

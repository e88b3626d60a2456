using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Puts the version before back: traffic first, records afterwards. Needs no pipeline definition and waits for nobody.</summary>
public sealed class Rollback(MlOpsStore store, LocalEnvironment environment, TimeProvider time)
{
    // A version that hangs must not keep its successor waiting.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Rolls <paramref name="pipeline"/> back.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="started">Timestamp of the command's start, for the measured time.</param>
    /// <param name="cancellationToken">Stops before traffic is moved.</param>
    /// <exception cref="UsageException">There is no version to go back to.</exception>
    public async Task<RollbackResult> RunAsync(string pipeline, string actor, string reason, long started, CancellationToken cancellationToken)
    {
        var registry = store.Versions(pipeline);
        var observed = await environment.ObserveAsync(cancellationToken, Patience);
        if (observed is { Routes.Canary: { } canary })
        {
            return await WithdrawAsync(pipeline, canary, observed, actor, reason, started, cancellationToken);
        }

        var champion = await registry.ResolveAsync(Deployer.Champion, cancellationToken);
        var predecessors = await registry.PredecessorsAsync(Deployer.Champion, cancellationToken);
        if (champion == null || predecessors.Count == 0)
        {
            throw new UsageException(new Finding(
                "There is no version to go back to", $"{pipeline}/{LocalEnvironment.Name}", champion == null ? "nothing serves" : $"v{champion.Number} is the first", "an earlier version", "deploy another version first, or end this one with ./build.sh Stop"));
        }

        var target = (await registry.AllAsync(cancellationToken)).Single(version => version.Number == predecessors[0]);
        var warm = observed.Servers.FirstOrDefault(server => server.Alive && server.Instance.Version == target.Number)?.Instance;
        var server = warm ?? await environment.StartAsync(target.Number, await ModelAsync(target, cancellationToken), null, cancellationToken);
        var routes = new RouteTable((observed.Routes?.Epoch ?? 0) + 1, new(target.Number, server.Port), null, 0, observed.Routes?.Limits ?? new(double.MaxValue, null, null));
        await environment.RouteAsync(routes, 0, 1, cancellationToken);
        var took = time.GetElapsedTime(started);

        var note = await RecordAsync(
            () => registry.MoveAsync(Deployer.Champion, champion.Number, target.Number, AliasMoveKind.Rollback, actor, reason, CancellationToken.None),
            pipeline, champion.Number, target.Number, actor, reason, took, CancellationToken.None);
        foreach (var bad in observed.Servers.Where(known => known.Instance.Version == champion.Number))
        {
            await environment.StopAsync(bad.Instance, CancellationToken.None);
        }

        return new(champion.Number, target.Number, took, warm != null, note);
    }

    private async Task<RollbackResult> WithdrawAsync(
        string pipeline, Upstream canary, Observation observed, string actor, string reason, long started, CancellationToken cancellationToken)
    {
        var routes = observed.Routes!;
        await environment.RouteAsync(routes with { Epoch = routes.Epoch + 1, Canary = null, CanaryPercent = 0 }, 0, 1, cancellationToken);
        var took = time.GetElapsedTime(started);
        var note = await RecordAsync(() => Task.CompletedTask, pipeline, canary.Version, routes.Baseline.Version, actor, reason, took, CancellationToken.None);
        return new(canary.Version, routes.Baseline.Version, took, true, note ?? "a canary was in course; it was withdrawn");
    }

    private async Task<Artifact> ModelAsync(ModelVersion version, CancellationToken cancellationToken) =>
        await (await Bundle.OpenAsync(store, version.Bundle, cancellationToken)).PartAsync(BundlePart.Model, cancellationToken);

    // Traffic has moved already: a store that cannot be written is told, and is no reason to fail.
    private async Task<string?> RecordAsync(Func<Task> move, string pipeline, int from, int to, string actor, string reason, TimeSpan took, CancellationToken cancellationToken)
    {
        try
        {
            await move();
            var details = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["from"] = $"v{from}",
                ["to"] = $"v{to}",
                ["milliseconds"] = took.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture),
            };
            await store.Audit.AppendAsync(actor, "rollback", $"{pipeline}/{LocalEnvironment.Name}", reason, details, cancellationToken);
            return null;
        }
        catch (FindingsException problem)
        {
            return $"traffic moved, but the record was not written: {problem.Message}";
        }
    }
}

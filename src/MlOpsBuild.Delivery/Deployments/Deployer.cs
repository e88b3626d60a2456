using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Brings the local environment to a version: nothing when it serves, a restart when it is dead, a canary when it is new.</summary>
public sealed class Deployer(MlOpsStore store, LocalEnvironment environment, LocalStateFile file, ServerLauncher launcher, AdminClient admin, TimeProvider time)
{
    /// <summary>The alias of the version that serves.</summary>
    public const string Champion = "champion";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Deploys; the record says what came of it and is stored.</summary>
    public async Task<DeploymentRecord> RunAsync(DeploymentRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var held = await store.LockAsync($"deploy-{request.Pipeline}-{LocalEnvironment.Name}", Patience, cancellationToken);
        var registry = store.Versions(request.Pipeline);
        var champion = await registry.ResolveAsync(Champion, cancellationToken);
        await ClearLeftoversAsync(request, progress, cancellationToken);
        var observed = await environment.ObserveAsync(cancellationToken);
        if (request.Port != 0 && observed.Gateway is { } gateway && gateway.Port != request.Port)
        {
            throw new UsageException(new Finding(
                "The gateway serves on another port", "--port", request.Port.ToString(CultureInfo.InvariantCulture), gateway.Port.ToString(CultureInfo.InvariantCulture),
                "leave --port out, or end the environment with ./build.sh Stop first"));
        }

        var started = time.GetUtcNow();
        var record = new DeploymentRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}-v{request.Version.Number}-{store.Origin}"), Pipeline = request.Pipeline, Environment = LocalEnvironment.Name,
            Version = request.Version.Number, From = champion?.Number, Started = started, Fault = request.Fault, Address = observed.Address,
            Origin = store.Origin, Actor = request.Actor, Program = request.Program, FalseAlarm = request.Policy.FalseAlarm,
        };
        if (champion?.Number == request.Version.Number && request.Fault == null && observed.Serving?.Version == champion.Number)
        {
            return record with { Outcome = DeploymentOutcome.AlreadyServing, Reason = $"v{champion.Number} serves already", Ended = time.GetUtcNow() };
        }

        await RemindAsync(request, registry, progress, cancellationToken);
        try
        {
            if (champion != null && observed.Serving?.Version != champion.Number)
            {
                observed = await ReviveAsync(champion, observed, request, progress, cancellationToken);
                record = record with { Outcome = DeploymentOutcome.Restarted, Reason = $"v{champion.Number} was not running; started again without a canary", Address = observed.Address };
            }

            if (champion == null)
            {
                record = await new FirstDeployment(environment, file, launcher, admin, time).RunAsync(record, request, await OpenAsync(request.Version, cancellationToken), progress, cancellationToken);
            }
            else if (champion.Number != request.Version.Number || request.Fault != null)
            {
                var trial = new CanaryDeployment(environment, file, launcher, admin, time);
                record = await trial.RunAsync(record, request, observed, await OpenAsync(champion, cancellationToken), await OpenAsync(request.Version, cancellationToken), reason => MoveAsync(request, champion, registry, reason, CancellationToken.None), progress, cancellationToken);
            }

            record = record with { Ended = time.GetUtcNow(), ProcessesStarted = launcher.Started };
            await CommitAsync(record, request, registry, CancellationToken.None);
            return record;
        }
        finally
        {
            await new DeploymentStore(store).SaveAsync(record with { Ended = time.GetUtcNow(), ProcessesStarted = launcher.Started }, CancellationToken.None);
        }
    }

    private Task<Bundle> OpenAsync(ModelVersion version, CancellationToken cancellationToken) => Bundle.OpenAsync(store, version.Bundle, cancellationToken);

    private static async Task RemindAsync(DeploymentRequest request, VersionRegistry registry, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var taken = (await registry.HistoryAsync(Champion, cancellationToken))
            .LastOrDefault(move => move.Kind == AliasMoveKind.Rollback && move.From == request.Version.Number);
        if (taken != null)
        {
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"v{taken.From} was rolled back on {taken.At:yyyy-MM-dd HH:mm} by {taken.Actor}: {taken.Reason}"));
        }
    }

    // A build that was killed in the middle of a canary leaves it routed: the baseline gets everything back before anything else.
    private async Task ClearLeftoversAsync(DeploymentRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var observed = await environment.ObserveAsync(cancellationToken);
        if (observed.Routes is { Canary: { } canary } routes)
        {
            progress.Report($"a canary of v{canary.Version} was left over from a build that ended; all traffic goes back to v{routes.Baseline.Version}");
            await environment.RouteAsync(routes with { Epoch = routes.Epoch + 1, Canary = null, CanaryPercent = 0 }, request.Port, request.Seed, cancellationToken);
            if (observed.Canary is { } server)
            {
                await environment.StopAsync(server, cancellationToken);
            }
        }

        foreach (var dead in observed.Servers.Where(server => !server.Alive))
        {
            await environment.StopAsync(dead.Instance, cancellationToken);
        }
    }

    private async Task<Observation> ReviveAsync(
        ModelVersion champion, Observation observed, DeploymentRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report($"v{champion.Number} should serve and does not: starting it again, without a canary");
        var model = await (await OpenAsync(champion, cancellationToken)).PartAsync(BundlePart.Model, cancellationToken);
        var server = observed.Servers.FirstOrDefault(known => known.Alive && known.Instance.Version == champion.Number)?.Instance
            ?? await environment.StartAsync(champion.Number, model, null, cancellationToken);
        var limits = new BadEventLimits(request.Policy.SlowAfter.TotalMilliseconds, null, null);
        await environment.RouteAsync(new((observed.Routes?.Epoch ?? 0) + 1, new(champion.Number, server.Port), null, 0, limits), request.Port, request.Seed, cancellationToken);
        return await environment.ObserveAsync(cancellationToken);
    }

    private static async Task MoveAsync(DeploymentRequest request, ModelVersion? champion, VersionRegistry registry, string reason, CancellationToken cancellationToken)
    {
        if (request.MovesAliases)
        {
            await registry.MoveAsync(Champion, champion?.Number, request.Version.Number, AliasMoveKind.Promote, request.Actor, reason, cancellationToken);
        }
    }

    private async Task CommitAsync(DeploymentRecord record, DeploymentRequest request, VersionRegistry registry, CancellationToken cancellationToken)
    {
        if (record.Outcome == DeploymentOutcome.FirstServed)
        {
            await MoveAsync(request, null, registry, record.Reason, cancellationToken);
        }

        var details = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["deployment"] = record.Id, ["version"] = $"v{record.Version}", ["outcome"] = record.Outcome.ToString() };
        await store.Audit.AppendAsync(request.Actor, "deploy", $"{record.Pipeline}/{record.Environment}", record.Reason, details, cancellationToken);
    }
}

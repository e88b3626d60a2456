using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Lets a version that has proved itself take over, from the routes of its trial or not at all; the version before stays warm.
/// </summary>
internal sealed class Promotion(TrafficChange changes, IEnvironment environment)
{
    /// <summary>Promotes; false when somebody else changed the routes first.</summary>
    public async Task<bool> RunAsync(
        DeploymentRequest request, TrialResult trial, ModelVersion? champion, string deployment, CancellationToken cancellationToken)
    {
        // A rehearsal on a build server moves no alias: nothing of it outlives the build.
        var kind = request.MovesAliases ? RouteChangeKind.Promote : RouteChangeKind.Trial;
        var change = changes.Decide(kind, champion?.Number, request.Version.Number, request.Actor, trial.Course.Reason, deployment);
        using (await changes.LockAsync(cancellationToken))
        {
            if (request.MovesAliases)
            {
                await changes.BeginAsync(change, cancellationToken);
            }

            var before = trial.Routes.Baseline;
            var routes = RollbackMove.Table(request.Version.Number, trial.Server, trial.Model, change) with
            {
                Warm = before == null ? [] : [before], Log = request.Log, Rehearsed = !request.MovesAliases,
            };
            if (await environment.ChangeAsync(trial.Routes.Generation, _ => routes, 0, request.Seed, cancellationToken) == null)
            {
                changes.Close();
                return false;
            }

            changes.Moved();
            if (request.MovesAliases)
            {
                await changes.RecordAsync(change, null, cancellationToken);
            }
        }

        // The version before stays warm for a rollback; what is older goes.
        foreach (var older in (await environment.ServersAsync(cancellationToken))
            .Where(server => !server.Is(trial.Server.Upstream) && !server.Is(trial.Routes.Baseline)))
        {
            await environment.StopAsync(older, cancellationToken);
        }

        return true;
    }
}

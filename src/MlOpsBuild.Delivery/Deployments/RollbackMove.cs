using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Moves traffic to a version that is known to be good, whatever else is going on: from whatever routes are in force, unless told otherwise.</summary>
internal sealed class RollbackMove(MlOpsStore store, LocalEnvironment environment)
{
    /// <summary>Puts <paramref name="target"/> in place; whether it was still warm, or null when the routes were no longer the <paramref name="expected"/> ones.</summary>
    public async Task<bool?> ToAsync(ModelVersion target, RouteChange change, Observation observed, int port, long seed, CancellationToken cancellationToken, long? expected = null)
    {
        var model = await ServedModel.OfAsync(store, target, cancellationToken);
        var warm = observed.Alive(target.Number);
        var server = warm ?? await environment.StartAsync(target.Number, model, null, cancellationToken);
        return await environment.ChangeAsync(expected, current => Table(target.Number, server, model, change) with { Warm = [.. current.Warm.Where(other => other.Version != target.Number && other.Version != change.From)] }, port, seed, cancellationToken) == null ? null : warm != null;
    }

    /// <summary>Takes the version on trial away from callers.</summary>
    public Task WithdrawAsync(RouteChange change, CancellationToken cancellationToken) =>
        environment.ChangeAsync(null, routes => routes.WithoutTrial(change), 0, 1, cancellationToken);

    /// <summary>Routes with one version and nothing beside it.</summary>
    public static RouteTable Table(int version, ServerInstance server, ServedModel model, RouteChange change) =>
        new() { Baseline = new(version, server.Port, server.OptionsFile), Contract = model.Contract, Change = change };
}

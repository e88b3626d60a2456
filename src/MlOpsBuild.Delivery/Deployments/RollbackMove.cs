using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>
/// Moves traffic to a version that is known to be good, whatever else is going on: from whatever routes are
/// in force, unless told otherwise.
/// </summary>
internal sealed class RollbackMove(IEnvironment environment)
{
    /// <summary>
    /// Puts <paramref name="version"/> in place; whether it was still warm, or null when the routes were no longer the
    /// <paramref name="expected"/> ones (null: whatever is in force). Its model is loaded before anything is decided: callers wait for
    /// every step after that.
    /// </summary>
    public async Task<bool?> ToAsync(
        int version, ServedModel model, RouteChange change, Observation observed, int port, long seed, CancellationToken cancellationToken,
        long? expected = null, bool rehearsed = false)
    {
        var warm = observed.Alive(version);
        var server = warm ?? await environment.StartAsync(version, model, null, cancellationToken);
        RouteTable Next(RouteTable current) => Table(version, server, model, change) with
        {
            Warm = [.. current.Warm.Where(other => other.Version != version && other.Version != change.From)],
            Log = current.Log, Rehearsed = rehearsed,

            // What is put back in place stands beside what was tested against it.
            Experiment = change.Kind == RouteChangeKind.Restore && current.Experiment is { } test
                && observed.Servers.Any(other => other.Alive && other.Instance.Is(test.Treatment)) ? test : null,
        };
        return await environment.ChangeAsync(expected, Next, port, seed, cancellationToken) == null ? null : warm != null;
    }

    /// <summary>Takes the version on trial away from callers.</summary>
    public Task WithdrawAsync(RouteChange change, CancellationToken cancellationToken) =>
        environment.ChangeAsync(null, routes => routes.WithoutTrial(change), 0, 1, cancellationToken);

    /// <summary>Routes with one version and nothing beside it.</summary>
    public static RouteTable Table(int version, ServerInstance server, ServedModel model, RouteChange change) => new()
    {
        Baseline = server.Upstream with { Version = version, Views = model.Views }, Contract = model.Contract, Change = change,
    };
}

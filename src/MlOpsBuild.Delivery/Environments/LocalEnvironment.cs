using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Serves one pipeline with processes on loopback. It acts; whoever calls it decides.</summary>
public sealed class LocalEnvironment(string pipeline, EnvironmentFolder folder, ServerLauncher launcher, AdminClient admin, TimeProvider time)
{
    /// <summary>The environment's name.</summary>
    public const string Name = "local";

    private const int MostAttempts = 50;
    private readonly ServerStopper _stopper = new(admin, time);

    /// <summary>What serves now.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <param name="patience">How long a model server may take to answer; a rollback cannot wait for one that hangs.</param>
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        // All are asked at once, so that one that hangs costs its own patience only.
        var servers = folder.Servers();
        var asked = servers.Select(server => admin.IsOursAsync(server, cancellationToken, patience)).ToList();
        var gateway = folder.Gateway();
        var routes = gateway != null && await admin.IsOursAsync(gateway, cancellationToken) ? await admin.RoutesAsync(gateway, cancellationToken) : null;
        var alive = await Task.WhenAll(asked);
        return new(routes == null ? null : gateway, routes, [.. servers.Select((server, index) => new ObservedServer(server, alive[index], PercentOf(server, routes)))]);
    }

    /// <summary>Starts a server for <paramref name="version"/>; it gets no requests yet.</summary>
    public Task<ServerInstance> StartAsync(int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken) =>
        launcher.ServeAsync(pipeline, version, model, fault, cancellationToken);

    /// <summary>Changes the routes of the gateway, which is started when it does not run.</summary>
    /// <param name="expected">Generation from which the change is made, or not at all; null makes it from whatever is in force.</param>
    /// <param name="change">The routes in force → the new ones.</param>
    /// <param name="port">The gateway's port; 0 keeps the one in use or takes a free one.</param>
    /// <param name="seed">Seed of a gateway that is started.</param>
    /// <param name="cancellationToken">Stops before the change.</param>
    /// <returns>The routes now in force; null when somebody else changed them first.</returns>
    /// <exception cref="StageFailedException">The gateway does not take them.</exception>
    public async Task<RouteTable?> ChangeAsync(long? expected, Func<RouteTable, RouteTable> change, int port, long seed, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var gateway = await GatewayAsync(port, seed, cancellationToken);
            if (await admin.RoutesAsync(gateway, cancellationToken) is not { } current)
            {
                continue;
            }

            if (expected is { } from && current.Generation != from)
            {
                return null;
            }

            var (taken, inForce) = await admin.ReplaceAsync(gateway, new(current.Generation, change(current)), cancellationToken);
            if (taken)
            {
                return inForce;
            }
        }

        throw new StageFailedException(new Finding(
            "The gateway does not take the routes", pipeline, string.Create(CultureInfo.InvariantCulture, $"{MostAttempts} attempts"), "routes in force", "./build.sh Status shows what runs; run the command again"));
    }

    /// <summary>Gives servers and routes the numbers their versions have now; a version registered without the team's remote may get another one.</summary>
    public async Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        int Now(int version) => numbers.GetValueOrDefault(version, version);
        Upstream? Moved(Upstream? upstream) => upstream is { } known ? known with { Version = Now(known.Version) } : null;
        foreach (var server in folder.Servers().Where(server => Now(server.Version) != server.Version))
        {
            await EnvironmentFolder.RenumberAsync(server, Now(server.Version), cancellationToken);
        }

        if (folder.Gateway() is { } gateway && await admin.IsOursAsync(gateway, cancellationToken) && await admin.RoutesAsync(gateway, cancellationToken) is { } routes && routes.Upstreams.Any(upstream => Now(upstream.Version) != upstream.Version))
        {
            await ChangeAsync(null, current => current with { Baseline = Moved(current.Baseline), Canary = Moved(current.Canary), Warm = [.. current.Warm.Select(upstream => Moved(upstream)!)] }, 0, 1, cancellationToken);
        }
    }

    /// <summary>Ends one server.</summary>
    public Task StopAsync(ServerInstance server, CancellationToken cancellationToken) => _stopper.StopAsync(server, cancellationToken);

    /// <summary>Ends everything; the number of processes ended.</summary>
    public async Task<int> StopAllAsync(CancellationToken cancellationToken)
    {
        // The gateway first: it would start its servers again.
        var ended = 0;
        foreach (var instance in (folder.Gateway() is { } gateway ? [gateway] : Array.Empty<ServerInstance>()).Concat(folder.Servers()))
        {
            ended += await _stopper.StopAsync(instance, cancellationToken) ? 1 : 0;
        }

        folder.Delete();
        return ended;
    }

    private static double PercentOf(ServerInstance server, RouteTable? routes) =>
        server.Port == 0 ? 0 : server.Port == routes?.Canary?.Port ? routes.CanaryPercent : server.Port == routes?.Baseline?.Port ? 100 - routes.CanaryPercent : 0;

    private async Task<ServerInstance> GatewayAsync(int port, long seed, CancellationToken cancellationToken)
    {
        var known = folder.Gateway();
        if (known != null)
        {
            if (await admin.IsOursAsync(known, cancellationToken))
            {
                return known;
            }

            // One that hangs would keep the port.
            await _stopper.StopAsync(known, cancellationToken);
        }

        return await launcher.RouteAsync(pipeline, port != 0 ? port : known?.Port ?? 0, seed, cancellationToken);
    }
}

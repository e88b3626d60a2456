using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Serves one pipeline with processes on loopback. It acts; whoever calls it decides.</summary>
public sealed class LocalEnvironment(string pipeline, LocalStateFile file, ServerLauncher launcher, AdminClient admin, TimeProvider time)
{
    /// <summary>The environment's name.</summary>
    public const string Name = "local";

    private readonly ServerStopper _stopper = new(admin, time);

    /// <summary>What serves now.</summary>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <param name="patience">How long a model server may take to answer; a rollback cannot wait for one that hangs.</param>
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        // All are asked at once, so that one that hangs costs its own patience only.
        var state = file.Read();
        var asked = state.Servers.Select(server => patience is { } limit ? admin.IsOursAsync(server, limit, cancellationToken) : admin.IsOursAsync(server, cancellationToken)).ToList();
        var routes = state.Gateway != null && await admin.IsOursAsync(state.Gateway, cancellationToken)
            ? await admin.RoutesAsync(state.Gateway, cancellationToken)
            : null;
        var alive = await Task.WhenAll(asked);
        return new(
            routes == null ? null : state.Gateway,
            routes,
            [.. state.Servers.Select((server, index) => new ObservedServer(server, alive[index], PercentOf(server, routes)))]);
    }

    /// <summary>Starts a server for <paramref name="version"/>; it gets no requests yet.</summary>
    public async Task<ServerInstance> StartAsync(int version, Artifact model, FaultOptions? fault, CancellationToken cancellationToken)
    {
        var server = await launcher.ServeAsync(pipeline, version, model, fault, cancellationToken);
        await ChangeAsync(state => state with { Servers = [.. state.Servers, server] }, CancellationToken.None);
        return server;
    }

    /// <summary>Sends requests by <paramref name="routes"/>, through the running gateway or a new one on <paramref name="port"/>.</summary>
    public async Task RouteAsync(RouteTable routes, int port, long seed, CancellationToken cancellationToken)
    {
        var known = file.Read().Gateway;
        if (known != null && await admin.IsOursAsync(known, cancellationToken) && await admin.RouteAsync(known, routes, cancellationToken))
        {
            return;
        }

        if (known != null)
        {
            // One that hangs would keep the port.
            await _stopper.StopAsync(known, cancellationToken);
        }

        var gateway = await launcher.RouteAsync(pipeline, port != 0 ? port : known?.Port ?? 0, seed, routes, cancellationToken);
        await ChangeAsync(state => state with { Gateway = gateway }, CancellationToken.None);
    }

    /// <summary>Gives servers and routes the numbers their versions have now; a version registered without the team's remote may get another one.</summary>
    public async Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        int Now(int version) => numbers.GetValueOrDefault(version, version);
        var state = file.Read();
        if (state.Servers.Count == 0)
        {
            return;
        }

        await file.WriteAsync(state with { Servers = [.. state.Servers.Select(server => server with { Version = Now(server.Version) })] }, cancellationToken);
        if (state.Gateway is { } gateway && await admin.IsOursAsync(gateway, cancellationToken) && await admin.RoutesAsync(gateway, cancellationToken) is { } routes)
        {
            await admin.RouteAsync(gateway, routes with { Epoch = routes.Epoch + 1, Baseline = routes.Baseline with { Version = Now(routes.Baseline.Version) }, Canary = routes.Canary is { } canary ? canary with { Version = Now(canary.Version) } : null }, cancellationToken);
        }
    }

    /// <summary>Ends one server.</summary>
    public async Task StopAsync(ServerInstance server, CancellationToken cancellationToken)
    {
        await _stopper.StopAsync(server, cancellationToken);
        await ChangeAsync(state => state with { Servers = [.. state.Servers.Where(other => other.Id != server.Id)] }, CancellationToken.None);
    }

    /// <summary>Ends everything; the number of processes ended.</summary>
    public async Task<int> StopAllAsync(CancellationToken cancellationToken)
    {
        var state = file.Read();
        var all = (state.Gateway == null ? [] : new[] { state.Gateway }).Concat(state.Servers).ToList();
        foreach (var instance in all)
        {
            await _stopper.StopAsync(instance, cancellationToken);
        }

        file.Delete();
        return all.Count;
    }

    private static double PercentOf(ServerInstance server, RouteTable? routes) =>
        server.Port == routes?.Canary?.Port ? routes.CanaryPercent : server.Port == routes?.Baseline.Port ? 100 - routes.CanaryPercent : 0;

    // The state must name every process that was started, whatever happens to the build meanwhile.
    private Task ChangeAsync(Func<LocalState, LocalState> change, CancellationToken cancellationToken) => file.WriteAsync(change(file.Read()), cancellationToken);
}

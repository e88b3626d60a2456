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
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken)
    {
        var state = file.Read();
        var routes = state.Gateway != null && await admin.IsOursAsync(state.Gateway, cancellationToken)
            ? await admin.RoutesAsync(state.Gateway, cancellationToken)
            : null;
        var servers = new List<ObservedServer>();
        foreach (var server in state.Servers)
        {
            var percent = server.Port == routes?.Canary?.Port ? routes.CanaryPercent : server.Port == routes?.Baseline.Port ? 100 - routes.CanaryPercent : 0;
            servers.Add(new(server, await admin.IsOursAsync(server, cancellationToken), percent));
        }

        return new(routes == null ? null : state.Gateway, routes, servers);
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

        var gateway = await launcher.RouteAsync(pipeline, port != 0 ? port : known?.Port ?? 0, seed, routes, cancellationToken);
        await ChangeAsync(state => state with { Gateway = gateway }, CancellationToken.None);
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

    // The state must name every process that was started, whatever happens to the build meanwhile.
    private Task ChangeAsync(Func<LocalState, LocalState> change, CancellationToken cancellationToken) => file.WriteAsync(change(file.Read()), cancellationToken);
}

using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments;

/// <summary>Serves one pipeline with processes on loopback.</summary>
public sealed class LocalEnvironment(
    string pipeline, EnvironmentFolder folder, ServerLauncher launcher, AdminClient admin, TimeProvider time) : IEnvironment
{
    private readonly ServerStopper _stopper = new(admin, time);
    private readonly RouteChanger _routes = new(pipeline, admin);

    /// <summary>The environment's name.</summary>
    public const string Name = "local";

    /// <inheritdoc />
    string IEnvironment.Name => Name;

    /// <inheritdoc />
    public int Started => launcher.Started;

    /// <inheritdoc />
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        // All are asked at once, so that one that hangs costs its own patience only.
        var servers = folder.Servers();
        var asked = servers.Select(server => admin.IsOursAsync(server, cancellationToken, patience)).ToList();
        var gateway = folder.Gateway();
        var routes = gateway != null && await admin.IsOursAsync(gateway, cancellationToken)
            ? await admin.RoutesAsync(gateway, cancellationToken)
            : null;
        var alive = await Task.WhenAll(asked);
        return new(
            routes == null ? null : gateway, routes,
            [.. servers.Select((server, index) => new ObservedServer(server, alive[index], routes?.PercentOf(server.Upstream) ?? 0))]);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ServerInstance>> ServersAsync(CancellationToken cancellationToken) => Task.FromResult(folder.Servers());

    /// <inheritdoc />
    public Task<RouteTable?> KeptRoutesAsync(CancellationToken cancellationToken) => Task.FromResult(folder.Routes());

    /// <inheritdoc />
    public Task<ServerInstance> StartAsync(int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken) =>
        launcher.ServeAsync(pipeline, version, model, fault, cancellationToken);

    /// <inheritdoc />
    public Task<RouteTable?> ChangeAsync(
        long? expected, Func<RouteTable, RouteTable> change, int port, long seed, CancellationToken cancellationToken) =>
        _routes.ChangeAsync(token => GatewayAsync(port, seed, token), expected, change, cancellationToken);

    /// <inheritdoc />
    public async Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        foreach (var server in folder.Servers()
            .Where(server => numbers.GetValueOrDefault(server.Version, server.Version) != server.Version))
        {
            await EnvironmentFolder.RenumberAsync(server, numbers[server.Version], cancellationToken);
        }

        await (folder.Gateway() is { } gateway ? _routes.RenumberAsync(gateway, numbers, cancellationToken) : Task.CompletedTask);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> LogAsync(ServerInstance server, CancellationToken cancellationToken) =>
        File.Exists(server.LogFile)
            ? [.. (await File.ReadAllLinesAsync(server.LogFile, cancellationToken)).TakeLast(ServerInstance.LogLines)]
            : [];

    /// <inheritdoc />
    public Task<long?> MemoryAsync(ServerInstance server, CancellationToken cancellationToken) =>
        Task.FromResult(ProcessMemory.PeakOf(server));

    /// <inheritdoc />
    public Task<OnlineState?> ViewStateAsync(string view, CancellationToken cancellationToken) =>
        new GatewayViews(admin, folder, time).StateAsync(null, view, cancellationToken); // its gateway reads this machine's files

    /// <inheritdoc />
    public Task<string> PredictionsAsync(CancellationToken cancellationToken) => Task.FromResult(folder.PredictionsFolder);

    /// <inheritdoc />
    public Task StopAsync(ServerInstance server, CancellationToken cancellationToken) => _stopper.StopAsync(server, cancellationToken);

    /// <inheritdoc />
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

    private async Task<ServerInstance> GatewayAsync(int port, long seed, CancellationToken cancellationToken)
    {
        var known = folder.Gateway();
        if (known != null)
        {
            if (await admin.IsOursAsync(known, cancellationToken) && launcher.Suits(known))
            {
                return known;
            }

            // One that hangs would keep the port; one that cannot look up what is to serve is started anew with the routes in force.
            await _stopper.StopAsync(known, cancellationToken);
        }

        return await launcher.RouteAsync(pipeline, port != 0 ? port : known?.Port ?? 0, seed, cancellationToken);
    }
}

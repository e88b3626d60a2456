using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Docker.DotNet.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Delivery.Environments.Docker;

/// <summary>
/// Serves one pipeline with containers of this machine's engine: each version in its own image, the gateway beside them in a network of
/// their own. All that is known of them is asked of the engine; this machine keeps nothing that a reboot could lose.
/// </summary>
public sealed class DockerEnvironment : IEnvironment, IDisposable
{
    /// <summary>The environment's name.</summary>
    public const string Name = "docker";

    private const int HostLength = 4;
    private readonly string _pipeline;
    private readonly MlOpsStore _store;
    private readonly EnvironmentFolder _folder;
    private readonly AdminClient _admin;
    private readonly ContainerNames _names;
    private readonly ContainerPlan _plan;
    private readonly ContainerEngine _engine;
    private readonly GatewayContainer _gateway;
    private readonly ModelReadiness _readiness;
    private readonly RouteChanger _routes;
    private readonly GatewayViews _views;
    private readonly List<ServerInstance> _started = [];

    /// <summary>The environment of <paramref name="pipeline"/>.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="store">Where its images are.</param>
    /// <param name="folder">Where this checkout remembers that something serves.</param>
    /// <param name="admin">Talks to the gateway.</param>
    /// <param name="engine">Where the container engine listens (<see cref="DockerHost"/>).</param>
    /// <param name="limits">What each container may use.</param>
    /// <param name="time">The clock.</param>
    public DockerEnvironment(
        string pipeline, MlOpsStore store, EnvironmentFolder folder, AdminClient admin, Uri engine, ContainerLimits limits,
        TimeProvider time)
    {
        (_pipeline, _store, _folder, _admin) = (pipeline, store, folder, admin);
        _names = new(folder.Checkout, folder.Name);
        _plan = new(_names, limits, time);
        _engine = new(engine);
        var start = new ContainerStart(_engine, time);
        _gateway = new(pipeline, _engine, _names, _plan, start, folder, admin, time);
        _readiness = new(start);
        _routes = new(pipeline, admin);
        _views = new(admin, folder, time);
    }

    /// <inheritdoc />
    string IEnvironment.Name => Name;

    /// <inheritdoc />
    public int Started => _started.Count + _gateway.Started;

    /// <inheritdoc />
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var containers = await _engine.ListAsync(_names.Labels, cancellationToken);
        var servers = Models(containers);
        var asked = servers.Select(server => _readiness.IsReadyAsync(server, patience, cancellationToken)).ToList();
        var gateway = await _gateway.FindAsync(containers, cancellationToken);
        var routes = gateway != null && await _admin.IsOursAsync(gateway, cancellationToken)
            ? await _admin.RoutesAsync(gateway, cancellationToken)
            : null;
        var alive = await Task.WhenAll(asked);
        var observed = new List<ObservedServer>();
        foreach (var (index, server) in servers.Index())
        {
            observed.Add(new(server, alive[index], routes?.PercentOf(server.Upstream) ?? 0)
            {
                Problem = alive[index] ? null : await _engine.EndOfAsync(server.Id, cancellationToken)
            });
        }

        return new(routes == null ? null : gateway, routes, observed)
        {
            GatewayProblem = routes == null && gateway != null ? await _engine.EndOfAsync(gateway.Container!, cancellationToken) : null
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ServerInstance>> ServersAsync(CancellationToken cancellationToken) =>
        Models(await _engine.ListAsync(_names.Labels, cancellationToken));

    /// <inheritdoc />
    public Task<RouteTable?> KeptRoutesAsync(CancellationToken cancellationToken) => _gateway.RoutesAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<ServerInstance> StartAsync(int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken)
    {
        var image = await VersionImage.FindAsync(_store, _pipeline, version, cancellationToken);
        await ImageOrigin.RequireAsync(_store, version, model, image, cancellationToken);
        var id = await image.IdAsync(_store, cancellationToken);
        await _engine.LoadAsync(id, (stream, token) => image.WriteAsync(_store, stream, token), cancellationToken);

        _views.Expect(model.Views);

        // The folder says to other commands that something serves here.
        await _folder.FeedbackTokenAsync(cancellationToken);
        var host = "m" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HostLength));
        var container = await _engine.CreateAsync(
            _plan.Model(id, version, host,
                [.. ContainedVariables.Of(version, model, fault).Select(variable => $"{variable.Key}={variable.Value}")]), _names.Labels,
                cancellationToken);
        try
        {
            await _engine.StartAsync(container, cancellationToken);
            var server = Models(await _engine.ListAsync(_names.Labels, cancellationToken)).Single(server => server.Id == container);
            _started.Add(server);
            await _readiness.WaitAsync(server, cancellationToken);
            return server;
        }
        catch (Exception)
        {
            await _engine.RemoveAsync(container, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<RouteTable?> ChangeAsync(
        long? expected, Func<RouteTable, RouteTable> change, int port, long seed, CancellationToken cancellationToken)
    {
        var routes = await _routes.ChangeAsync(
            token => _views.FilledAsync(GatewayAsync(port, seed, token), token), expected, change, cancellationToken);

        // From now on somebody is served by it. One that was started earlier is kept already: a rollback does not wait for the engine.
        await (_started.Find(server => server.Is(routes?.Baseline)) is { } serving
            ? _engine.KeepAsync(serving.Id, CancellationToken.None)
            : Task.CompletedTask);
        return routes;
    }

    /// <inheritdoc />
    public async Task SendViewsAsync(IReadOnlyList<JoinedView> views, CancellationToken cancellationToken)
    {
        if (await _gateway.FindAsync(await _engine.ListAsync(_names.Labels, cancellationToken), cancellationToken) is { } gateway)
        {
            await _views.SendAsync(gateway, views, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<OnlineState?> ViewStateAsync(string view, CancellationToken cancellationToken) => await _views.StateAsync(
        await _gateway.FindAsync(await _engine.ListAsync(_names.Labels, cancellationToken), cancellationToken), view, cancellationToken);

    /// <inheritdoc />
    public async Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        var containers = await _engine.ListAsync(_names.Labels, cancellationToken);
        foreach (var server in Models(containers)
            .Where(server => numbers.GetValueOrDefault(server.Version, server.Version) != server.Version))
        {
            await _engine.RenameAsync(server.Id, _names.Model(numbers[server.Version], server.Host!), cancellationToken);
        }

        await (await _gateway.FindAsync(containers, cancellationToken) is { } gateway
            ? _routes.RenumberAsync(gateway, numbers, cancellationToken)
            : Task.CompletedTask);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> LogAsync(ServerInstance server, CancellationToken cancellationToken) =>
        _engine.LogAsync(server.Id, ServerInstance.LogLines, cancellationToken);

    /// <inheritdoc />
    public Task<long?> MemoryAsync(ServerInstance server, CancellationToken cancellationToken) =>
        _engine.MemoryAsync(server.Id, cancellationToken);

    /// <inheritdoc />
    public async Task<string> PredictionsAsync(CancellationToken cancellationToken)
    {
        await CopiedPredictions.ReplaceAsync(_folder.PredictionsFolder, _gateway.PredictionsAsync, cancellationToken);
        return _folder.PredictionsFolder;
    }

    /// <inheritdoc />
    public Task StopAsync(ServerInstance server, CancellationToken cancellationToken) => _engine.RemoveAsync(server.Id, cancellationToken);

    /// <inheritdoc />
    public async Task<int> StopAllAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var container in (await _engine.ListAsync(_names.Labels, cancellationToken))
            .OrderBy(container => container.Labels[ContainerNames.Role], StringComparer.Ordinal))
        {
            ended += await _engine.RemoveAsync(container.ID, cancellationToken) ? 1 : 0;
        }

        await _engine.CleanAsync(_names.Labels, cancellationToken);
        _folder.Delete();
        return ended;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _readiness.Dispose();
        _engine.Dispose();
    }

    private async Task<ServerInstance> GatewayAsync(int port, long seed, CancellationToken cancellationToken)
    {
        var containers = await _engine.ListAsync(_names.Labels, cancellationToken);
        if (await _gateway.FindAsync(containers, cancellationToken) is { } known)
        {
            if (await _admin.IsOursAsync(known, cancellationToken))
            {
                return known;
            }

            port = port != 0 ? port : await _gateway.PortAsync(known.Container!, cancellationToken);
            await _engine.RemoveAsync(known.Container!, cancellationToken);
        }

        var image = containers.Where(IsModel).MaxBy(Created)?.ImageID
            ?? throw new StageFailedException(new Finding(
                "MLB5014", "There is no model server to route to", _pipeline, Name, "a model server in a container",
                "./build.sh Deploy --environment docker"));
        return await _gateway.StartAsync(image, port, seed, cancellationToken);
    }

    private List<ServerInstance> Models(IEnumerable<ContainerListResponse> containers) =>
    [
        .. containers.Where(IsModel).OrderBy(Created).ThenBy(container => container.ID, StringComparer.Ordinal).Select(container =>
        {
            var host = container.Labels[ContainerNames.Host];
            return new ServerInstance(
                container.ID, "", 0, GatewayContainer.Published(container, ContainedModelOptions.UsualPort), 0,
                _names.VersionOf(container.Names[0], host), Created(container), "") { Container = container.ID, Host = host };
        }),
    ];

    private static bool IsModel(ContainerListResponse container) => ContainerNames.Is(container, ContainerNames.ModelRole);

    private static DateTimeOffset Created(ContainerListResponse container) =>
        DateTimeOffset.TryParse(container.Labels[ContainerNames.Created], CultureInfo.InvariantCulture, out var created)
            ? created
            : container.Created;
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// Serves one pipeline in a namespace of a cluster: each version a Deployment of its signed image, the gateway beside them, and before it
/// an HTTPRoute. The cluster is asked for all that is known, so that every checkout sees the same.
/// </summary>
public sealed class KubernetesEnvironment : IEnvironment, IDisposable
{
    /// <summary>The environment's name.</summary>
    public const string Name = "kubernetes";

    private const int HostLength = 4;
    private readonly string _pipeline;
    private readonly MlOpsStore _store;
    private readonly EnvironmentFolder _folder;
    private readonly AdminClient _admin;
    private readonly KubernetesSettings _settings;
    private readonly Func<VersionImage, CancellationToken, Task<string>> _publish;
    private readonly TimeProvider _time;
    private readonly ClusterNames _names;
    private readonly Cluster _cluster;
    private readonly ServerManifests _servers;
    private readonly ServerStart _start;
    private readonly CallerRoute _route;
    private readonly ClusterGateway _gateway;
    private readonly RouteChanger _routes;
    private readonly GatewayViews _views;
    private readonly bool _serves;
    private readonly Dictionary<string, PortForward> _forwards = [];
    private int _started;

    /// <summary>The environment of <paramref name="pipeline"/>.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="store">Where its images are.</param>
    /// <param name="folder">Where this checkout remembers that something serves.</param>
    /// <param name="admin">Talks to the gateway.</param>
    /// <param name="settings">Which cluster, and how it serves.</param>
    /// <param name="choices">What the caller chose.</param>
    /// <param name="variables">Variables of the environment, in which credentials are looked for.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UsageException">There is no cluster to ask.</exception>
    public KubernetesEnvironment(
        string pipeline, MlOpsStore store, EnvironmentFolder folder, AdminClient admin, KubernetesSettings settings,
        KubernetesChoices choices, IReadOnlyDictionary<string, string> variables, TimeProvider time)
    {
        (_pipeline, _store, _folder, _admin, _settings, _publish, _time) =
            (pipeline, store, folder, admin, settings, choices.PublishAsync, time);
        _serves = choices.Purpose == null;
        _names = new(pipeline, choices.Purpose, choices.Owner);
        _cluster = new(settings, ClusterAccess.Of(settings, variables), choices.TakeOver, time);
        _servers = new(_names, settings);
        _start = new(_cluster, _names, settings, time);
        _route = new(_cluster, _names, settings, time);
        _gateway = new(
            pipeline, _cluster, _names, new(_names, settings, _servers), _route, _start, folder, admin, time);
        _routes = new(pipeline, admin);
        _views = new(admin, folder, time);
    }

    /// <inheritdoc />
    string IEnvironment.Name => Name;

    /// <inheritdoc />
    public int Started => _started + _gateway.Started;

    /// <inheritdoc />
    public async Task<Observation> ObserveAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var deployments = await DeploymentsAsync(cancellationToken);
        var gateway = await _gateway.FindAsync(deployments, cancellationToken);
        var routes = gateway != null && await _admin.IsOursAsync(gateway, cancellationToken)
            ? await _admin.RoutesAsync(gateway, cancellationToken)
            : null;
        var observed = new List<ObservedServer>();
        foreach (var deployment in deployments.Where(IsModel))
        {
            var (server, alive) = (Instance(deployment), ServerStart.IsAlive(deployment));
            observed.Add(new(server, alive, routes?.PercentOf(server.Upstream) ?? 0)
            {
                Problem = alive ? null : await _start.ProblemAsync(server.Host!, cancellationToken)
            });
        }

        return new(routes == null ? null : gateway, routes, observed)
        {
            CallersAddress = CallersAddress,
            GatewayProblem = routes == null && gateway != null
                ? await _start.ProblemAsync(ClusterNames.GatewayRole, cancellationToken)
                : null,
        };
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ServerInstance>> ServersAsync(CancellationToken cancellationToken) =>
        [.. (await DeploymentsAsync(cancellationToken)).Where(IsModel).Select(Instance)];

    /// <inheritdoc />
    public async Task<RouteTable?> KeptRoutesAsync(CancellationToken cancellationToken)
    {
        // What was written into the cluster may be older than what the gateway splits by.
        var gateway = await _gateway.FindAsync(await DeploymentsAsync(cancellationToken), cancellationToken);
        return (gateway == null ? null : await _admin.RoutesAsync(gateway, cancellationToken))
            ?? await _gateway.RoutesAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<ServerInstance> StartAsync(int version, ServedModel model, FaultOptions? fault, CancellationToken cancellationToken)
    {
        await _gateway.RequireOursAsync(cancellationToken);
        var image = await VersionImage.FindAsync(_store, _pipeline, version, cancellationToken);
        await ImageOrigin.RequireAsync(_store, version, model, image, cancellationToken);
        var reference = await _publish(image, cancellationToken);

        _views.Expect(model.Views);

        // The folder says to other commands that something serves here.
        await _folder.FeedbackTokenAsync(cancellationToken);
        var host = _names.NewHost(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HostLength)));

        // A test serves nobody: one server will do.
        var manifests = _servers.Model(
            ClusterVersion.Of(_pipeline, version, reference, model, fault), host, _time.GetUtcNow(),
            _serves ? _settings.MinimumReplicas : 1);
        try
        {
            foreach (var manifest in manifests)
            {
                await _cluster.ApplyAsync(manifest, cancellationToken);
            }

            _started++;
            await _start.WaitAsync(host, host, $"v{version}", cancellationToken);
            return Instance((await _cluster.FindAsync<V1Deployment>(ResourceKind.Deployment, host, cancellationToken))!);
        }
        catch (Exception)
        {
            await DeleteAsync(host, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<RouteTable?> ChangeAsync(
        long? expected, Func<RouteTable, RouteTable> change, int port, long seed, CancellationToken cancellationToken)
    {
        var routes = await _routes.ChangeAsync(
            token => _views.FilledAsync(GatewayAsync(seed, token), token), expected,
            current => change(current) with { SplitBefore = _route.IsConfigured },
            cancellationToken);
        if (routes != null)
        {
            await FollowAsync(routes, CancellationToken.None);
        }

        return routes;
    }

    /// <inheritdoc />
    public async Task<bool> SplitAsync(RouteTable routes, CancellationToken cancellationToken)
    {
        if (!routes.SplitBefore || !_route.IsConfigured)
        {
            return false;
        }

        await _route.RequireAsync(routes.PercentBefore, cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public async Task SendViewsAsync(IReadOnlyList<JoinedView> views, CancellationToken cancellationToken)
    {
        if (await _gateway.FindAsync(await DeploymentsAsync(cancellationToken), cancellationToken) is { } gateway)
        {
            await _views.SendAsync(gateway, views, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task<OnlineState?> ViewStateAsync(string view, CancellationToken cancellationToken) => await _views.StateAsync(
        await _gateway.FindAsync(await DeploymentsAsync(cancellationToken), cancellationToken), view, cancellationToken);

    /// <inheritdoc />
    public async Task RenumberAsync(IReadOnlyDictionary<int, int> numbers, CancellationToken cancellationToken)
    {
        var deployments = await DeploymentsAsync(cancellationToken);
        foreach (var server in deployments.Where(IsModel).Select(Instance)
            .Where(server => numbers.GetValueOrDefault(server.Version, server.Version) != server.Version))
        {
            var label = numbers[server.Version].ToString(CultureInfo.InvariantCulture);
            await _cluster.ChangeAsync(
                ResourceKind.Deployment, server.Host!,
                new() { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [ClusterNames.Version] = label } } },
                cancellationToken);
        }

        await (await _gateway.FindAsync(deployments, cancellationToken) is { } gateway
            ? _routes.RenumberAsync(gateway, numbers, cancellationToken)
            : Task.CompletedTask);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<int>> PortsAsync(ServerInstance server, CancellationToken cancellationToken) =>
    [
        .. (await _start.ReadyPodsAsync(server.Host!, cancellationToken))
            .Select(pod => ForwardOf(pod, _ => Task.FromResult<string?>(pod)).Port)
    ];

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> LogAsync(ServerInstance server, CancellationToken cancellationToken) =>
        _start.LogAsync(server.Host!, cancellationToken);

    /// <inheritdoc />
    public async Task<long?> MemoryAsync(ServerInstance server, CancellationToken cancellationToken) =>
        (long?)ServerMetrics.Find(await _admin.MetricsAsync(server, cancellationToken), ServerMetrics.PeakMemory);

    /// <inheritdoc />
    public async Task<string> PredictionsAsync(CancellationToken cancellationToken)
    {
        if (await _gateway.FindAsync(await DeploymentsAsync(cancellationToken), cancellationToken) is { } known)
        {
            // One that was just killed is back in a moment: the cluster starts it again.
            var gateway = await _admin.IsOursAsync(known, cancellationToken) ? known : await _gateway.WaitAsync(cancellationToken);
            await CopiedPredictions.ReplaceAsync(
                _folder.PredictionsFolder, (copy, token) => _admin.PredictionsAsync(gateway, copy, token), cancellationToken);
        }

        return _folder.PredictionsFolder;
    }

    /// <inheritdoc />
    public Task StopAsync(ServerInstance server, CancellationToken cancellationToken) => DeleteAsync(server.Host!, cancellationToken);

    /// <inheritdoc />
    public async Task<int> StopAllAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        await DeploymentsAsync(cancellationToken); // says whose they are, where nobody did
        if (_route.IsConfigured && _serves
            && await _cluster.FindAsync<V1ConfigMap>(ResourceKind.Route, _names.Base, cancellationToken) is { } route
            && _names.Owns(route.Metadata))
        {
            await _cluster.DeleteAsync(ResourceKind.Route, _names.Base, cancellationToken);
        }

        foreach (var kind in ResourceKind.All)
        {
            foreach (var known in _names.Owned(await _cluster.ListAsync<V1ConfigMap>(kind, _names.Selector, cancellationToken)))
            {
                var was = await _cluster.DeleteAsync(kind, known.Metadata.Name, cancellationToken);
                ended += was && kind == ResourceKind.Deployment ? 1 : 0;
            }
        }

        _folder.Delete();
        return ended;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gateway.Dispose();
        _forwards.Values.ToList().ForEach(forward => forward.Dispose());
        _cluster.Dispose();
    }

    // Traffic has moved already: what only follows it must not undo that. Whoever changes the routes next brings it up to date.
    private async Task FollowAsync(RouteTable routes, CancellationToken cancellationToken)
    {
        try
        {
            await _gateway.KeepAsync(routes, cancellationToken);
            if (_route.IsConfigured && _serves)
            {
                await _route.SetAsync(routes.PercentBefore, cancellationToken);
            }
        }
        catch (FindingsException)
        {
            // The gateway answers by its own routes at either port.
        }
    }

    private async Task<ServerInstance> GatewayAsync(long seed, CancellationToken cancellationToken)
    {
        var deployments = await DeploymentsAsync(cancellationToken);
        if (await _gateway.FindAsync(deployments, cancellationToken) is { } known)
        {
            return await _admin.IsOursAsync(known, cancellationToken) ? known : await _gateway.RestartAsync(cancellationToken);
        }

        var image = deployments.Where(IsModel).MaxBy(ClusterGateway.CreatedOf)?.Spec.Template.Spec.Containers[0].Image
            ?? throw new StageFailedException(new Finding(
                "MLB5014", "There is no model server to route to", _pipeline, Name, "a model server in the cluster",
                "./build.sh Deploy --environment kubernetes"));
        return await _gateway.StartAsync(image, seed, cancellationToken);
    }

    private async Task DeleteAsync(string host, CancellationToken cancellationToken)
    {
        foreach (var kind in ResourceKind.All)
        {
            await _cluster.DeleteAsync(kind, host, cancellationToken);
        }

        if (_forwards.Remove(host, out var forward))
        {
            forward.Dispose();
        }
    }

    private async Task<IReadOnlyList<V1Deployment>> DeploymentsAsync(CancellationToken cancellationToken) => _names.Owned(
        await _cluster.ListAsync<V1Deployment>(ResourceKind.Deployment, _names.Selector, cancellationToken));

    private ServerInstance Instance(V1Deployment deployment)
    {
        var host = deployment.Metadata.Labels[ClusterNames.Host];
        var forward = ForwardOf(host, token => _start.ReadyPodAsync(host, token));
        return new(
            deployment.Metadata.Uid, "", 0, forward.Port, 0,
            int.TryParse(deployment.Metadata.Labels[ClusterNames.Version], CultureInfo.InvariantCulture, out var version) ? version : 0,
            ClusterGateway.CreatedOf(deployment), "") { Container = deployment.Metadata.Name, Host = host };
    }

    private PortForward ForwardOf(string name, Func<CancellationToken, Task<string?>> pod)
    {
        lock (_forwards)
        {
            return _forwards.TryGetValue(name, out var known)
                ? known
                : _forwards[name] = new(_cluster, pod, ContainedModelOptions.UsualPort);
        }
    }

    private static bool IsModel(V1Deployment deployment) => deployment.Metadata.Labels[ClusterNames.Role] == ClusterNames.ModelRole;

    private Uri CallersAddress => _settings.Hostnames.Count > 0 && _route.IsConfigured
        ? new($"https://{_settings.Hostnames[0]}")
        : new($"http://{_names.Base}.{_cluster.Namespace}.svc:{ContainedModelOptions.UsualPort}");
}

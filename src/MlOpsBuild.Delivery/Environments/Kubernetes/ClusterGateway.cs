using System.Globalization;
using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Docker;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>The gateway's pod: found by its labels, started from the image of any version, asked through a forwarded port.</summary>
internal sealed class ClusterGateway(
    string pipeline, Cluster cluster, ClusterNames names, GatewayManifests manifests, CallerRoute route, ServerStart start,
    EnvironmentFolder folder, AdminClient admin, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lazy<PortForward> _predictions = Forward(cluster, start, ContainedModelOptions.UsualPort);
    private readonly Lazy<PortForward> _administration = Forward(cluster, start, ContainedModelOptions.UsualAdminPort);

    /// <summary>Gateways started so far.</summary>
    public int Started { get; private set; }

    /// <summary>The gateway, whether it answers or not; null where there is none.</summary>
    /// <param name="deployments">Deployments of the pipeline.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public async Task<ServerInstance?> FindAsync(IEnumerable<V1Deployment> deployments, CancellationToken cancellationToken) =>
        deployments.FirstOrDefault(known => known.Metadata.Labels[ClusterNames.Role] == ClusterNames.GatewayRole) is { } found
            ? Instance(found, await OptionsAsync(found.Metadata.Uid, cancellationToken))
            : null;

    /// <summary>The routes that are kept in the cluster.</summary>
    public async Task<RouteTable?> RoutesAsync(CancellationToken cancellationToken) =>
        await cluster.FindAsync<V1ConfigMap>(ResourceKind.ConfigMap, names.Routes, cancellationToken) is { } found
        && names.Owns(found.Metadata)
        && found.Data?.TryGetValue(GatewayManifests.RoutesKey, out var text) == true
            ? CanonicalJson.TryDeserialize<RouteTable>(System.Text.Encoding.UTF8.GetBytes(text))
            : null;

    /// <summary>Keeps them there.</summary>
    public Task KeepAsync(RouteTable routes, CancellationToken cancellationToken) =>
        cluster.ApplyAsync(manifests.Routes(routes), cancellationToken);

    /// <summary>
    /// Starts one from <paramref name="image"/>, with the secrets of the one before; it goes on with the routes on its volume.
    /// </summary>
    public async Task<ServerInstance> StartAsync(string image, long seed, CancellationToken cancellationToken)
    {
        await RequireOursAsync(cancellationToken);
        var options = await ReadOptionsAsync(cancellationToken)
            ?? await ContainedOptions.NewAsync(pipeline, GatewayManifests.State, seed, folder, time, cancellationToken) with
            {
                CanaryPort = GatewayManifests.CanaryPort,
            };
        options = options with { Online = options.Online ?? ContainedOptions.Online(GatewayManifests.State, folder) };
        foreach (var manifest in manifests.Of(image, options, time.GetUtcNow()))
        {
            await cluster.ApplyAsync(manifest, cancellationToken);
        }

        if (route.IsConfigured)
        {
            await route.SetAsync(0, cancellationToken);
        }

        Started++;
        return await WaitAsync(cancellationToken);
    }

    /// <summary>Starts the pod of one that does not answer again.</summary>
    public async Task<ServerInstance> RestartAsync(CancellationToken cancellationToken)
    {
        foreach (var pod in await start.PodsAsync(ClusterNames.GatewayRole, cancellationToken))
        {
            await cluster.DeleteAsync(ResourceKind.Pod, pod.Metadata.Name, cancellationToken, atOnce: true);
        }

        return await WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var forward in (Lazy<PortForward>[])[_predictions, _administration])
        {
            if (forward.IsValueCreated)
            {
                forward.Value.Dispose();
            }
        }
    }

    /// <summary>The gateway when it answers.</summary>
    /// <exception cref="StageFailedException">It does not, though it is ready.</exception>
    public async Task<ServerInstance> WaitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await start.WaitAsync(names.Gateway, ClusterNames.GatewayRole, "the gateway", cancellationToken);
        var found = await cluster.FindAsync<V1Deployment>(ResourceKind.Deployment, names.Gateway, cancellationToken);
        var gateway = Instance(found!, await OptionsAsync(found!.Metadata.Uid, cancellationToken));
        while (!await admin.IsOursAsync(gateway, cancellationToken))
        {
            // What is ready by the cluster's last look may have ended since.
            await (time.GetElapsedTime(started) < AnswerPatience ? Task.Delay(Pause, time, cancellationToken) : throw Unasked());
        }

        return gateway;
    }

    private StageFailedException Unasked() => new(new Finding(
        "MLB5063", "The gateway is ready and cannot be asked", $"{cluster.Namespace}/{names.Gateway}", null,
        "an answer of its administration through the API server",
        "allow this user to create pods/portforward; kubectl port-forward shows whether it may"));

    // Server-side apply would take over what others made under the same name.
    /// <summary>Nothing that has one of the names is somebody else's.</summary>
    /// <exception cref="StageFailedException">Something is.</exception>
    public async Task RequireOursAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var (kind, name) in ((ResourceKind, string)[])
        [
            (ResourceKind.Deployment, names.Gateway), (ResourceKind.Service, names.Base), (ResourceKind.Secret, names.Gateway),
            .. route.IsConfigured ? [(ResourceKind.Route, names.Base)] : ((ResourceKind, string)[])[],
        ])
        {
            if (await cluster.FindAsync<V1ConfigMap>(kind, name, cancellationToken) is { } other && !names.Owns(other.Metadata))
            {
                findings.Add(new(
                    "MLB5064", "An object of this name is somebody else's", $"{kind.Kind} {cluster.Namespace}/{name}",
                    other.Metadata.Annotations?.TryGetValue(ClusterNames.Owner, out var owner) == true ? owner : "not made by this tool",
                    "no such object, or one made for this repository", "serve in another namespace, or take the object away"));
            }
        }

        if (findings.Count > 0)
        {
            throw new StageFailedException($"{pipeline} is not served", findings, Verdict.Error);
        }
    }

    private ServerInstance Instance(V1Deployment found, GatewayOptions? options) => new(
        options?.Files.Id ?? "", options?.Files.Token ?? "", 0, _predictions.Value.Port, _administration.Value.Port, 0,
        CreatedOf(found), "") { Container = found.Metadata.Name, Host = ClusterNames.GatewayRole };

    /// <summary>When a server was first to be started.</summary>
    public static DateTimeOffset CreatedOf(V1Deployment deployment) =>
        deployment.Metadata.Annotations?.TryGetValue(ClusterNames.Created, out var text) == true
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var created)
            ? created
            : DateTimeOffset.UnixEpoch;

    // The cluster knows them; a rollback need not wait for it where this checkout does, too.
    private async Task<GatewayOptions?> OptionsAsync(string deployment, CancellationToken cancellationToken)
    {
        if (folder.Contained() is { } known && known.Container == deployment)
        {
            return known.Options;
        }

        var options = await ReadOptionsAsync(cancellationToken);
        await (options == null
            ? Task.CompletedTask
            : folder.RememberAsync(new ContainedGateway(deployment, options, cluster.Address), cancellationToken));
        return options;
    }

    private async Task<GatewayOptions?> ReadOptionsAsync(CancellationToken cancellationToken) =>
        await cluster.FindAsync<V1Secret>(ResourceKind.Secret, names.Gateway, cancellationToken) is { } secret
        && secret.Data?.TryGetValue(GatewayManifests.OptionsKey, out var content) == true
            ? CanonicalJson.TryDeserialize<GatewayOptions>(content)
            : null;

    private static Lazy<PortForward> Forward(Cluster cluster, ServerStart start, int port) =>
        new(() => new(cluster, token => start.ReadyPodAsync(ClusterNames.GatewayRole, token), port));
}

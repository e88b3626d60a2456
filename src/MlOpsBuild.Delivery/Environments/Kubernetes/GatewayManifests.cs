using System.Text;
using k8s.Models;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// What the gateway is in the cluster: one pod that sees every request, so that two versions are compared on the same ones. Its options,
/// with the tokens, are a secret; its routes and what it keeps of predictions lie on a volume that outlives it.
/// </summary>
/// <param name="names">How things are called.</param>
/// <param name="settings">What it may use.</param>
/// <param name="servers">How pods are made.</param>
internal sealed class GatewayManifests(ClusterNames names, KubernetesSettings settings, ServerManifests servers)
{
    /// <summary>The port at which the route delivers the canary's share.</summary>
    public const int CanaryPort = 8082;

    /// <summary>The key of the secret.</summary>
    public const string OptionsKey = "options.json";

    /// <summary>The key of the routes.</summary>
    public const string RoutesKey = "routes.json";

    /// <summary>Folder of its volume.</summary>
    public const string State = "/state";

    private const string OptionsFolder = "/options";
    private const string CanaryPortName = "canary";
    private const int OwnerAndGroupRead = 0x120;

    /// <summary>Its objects, in the order in which they are applied.</summary>
    /// <param name="image">An image with the server program, by digest.</param>
    /// <param name="options">What it does, with the tokens.</param>
    /// <param name="created">When.</param>
    public IReadOnlyList<Manifest> Of(string image, GatewayOptions options, DateTimeOffset created)
    {
        var (name, labels) = (names.Gateway, names.PodsOf(ClusterNames.GatewayRole));
        return
        [
            Manifest.Of(ResourceKind.Secret, new V1Secret
            {
                Metadata = names.Metadata(name, labels),
                Type = "Opaque",
                Data = new Dictionary<string, byte[]> { [OptionsKey] = CanonicalJson.Serialize(options) },
            }),
            Manifest.Of(ResourceKind.Claim, new V1PersistentVolumeClaim
            {
                Metadata = names.Metadata(name, labels),
                Spec = new()
                {
                    AccessModes = ["ReadWriteOnce"], StorageClassName = settings.StorageClass,
                    Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(settings.Storage) } },
                },
            }),
            Manifest.Of(ResourceKind.Service, new V1Service
            {
                Metadata = names.Metadata(names.Base, labels),
                Spec = new()
                {
                    Selector = labels,
                    Ports =
                    [
                        ServerManifests.Port(ServerManifests.PortName, ContainedModelOptions.UsualPort),
                        ServerManifests.Port(CanaryPortName, CanaryPort),
                    ],
                },
            }),
            Manifest.Of(ResourceKind.Deployment, new V1Deployment
            {
                Metadata = names.Metadata(name, labels, created),
                Spec = new()
                {
                    Replicas = 1,
                    RevisionHistoryLimit = 1,

                    // Two at once would split by two tables, and the volume lets in one.
                    Strategy = new() { Type = "Recreate" },
                    Selector = new() { MatchLabels = labels },
                    Template = Pod(image, labels),
                },
            }),

            // The port of its administration is in no list: only who may forward a port through the API server comes to it.
            Manifest.Of(
                ResourceKind.NetworkPolicy, servers.Policy(name, labels, null, ContainedModelOptions.UsualPort, CanaryPort)),
        ];
    }

    /// <summary>The routes in force, for whoever looks while the gateway does not answer.</summary>
    public Manifest Routes(RouteTable routes) => Manifest.Of(ResourceKind.ConfigMap, new V1ConfigMap
    {
        Metadata = names.Metadata(names.Routes),
        Data = new Dictionary<string, string> { [RoutesKey] = Encoding.UTF8.GetString(CanonicalJson.Serialize(routes)) },
    });

    private V1PodTemplateSpec Pod(string image, IDictionary<string, string> labels)
    {
        var container = servers.Of(
            image, ["contain-gateway", $"{OptionsFolder}/{OptionsKey}"],
            new Dictionary<string, string> { [GatewayOptions.ProfileVariable] = "1" });
        container.Ports =
        [
            .. container.Ports, new() { Name = CanaryPortName, ContainerPort = CanaryPort },
            new() { Name = "admin", ContainerPort = ContainedModelOptions.UsualAdminPort },
        ];

        // It answers, also where no version serves: with that.
        container.ReadinessProbe = ServerManifests.Probe("live");
        container.VolumeMounts =
        [
            new() { Name = "options", MountPath = OptionsFolder, ReadOnlyProperty = true },
            new() { Name = "state", MountPath = State },
        ];
        return servers.Pod(
            labels, container,
            new() { Name = "options", Secret = new() { SecretName = names.Gateway, DefaultMode = OwnerAndGroupRead } },
            new() { Name = "state", PersistentVolumeClaim = new() { ClaimName = names.Gateway } });
    }
}

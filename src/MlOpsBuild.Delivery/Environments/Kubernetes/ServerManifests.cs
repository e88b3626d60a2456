using System.Globalization;
using k8s.Models;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// What a version is in the cluster: pods that may do no more than they need, in which the gateway alone may ask, and that the cluster
/// adds, moves and takes away.
/// </summary>
/// <param name="names">How things are called.</param>
/// <param name="settings">What each may use.</param>
internal sealed class ServerManifests(ClusterNames names, KubernetesSettings settings)
{
    /// <summary>Name of a container in its pod.</summary>
    public const string Container = "server";

    /// <summary>Name of the port for predictions.</summary>
    public const string PortName = "http";

    private const int Seconds = 2;
    private const int StartTries = 60;

    /// <summary>The objects of a model server, in the order in which they are applied.</summary>
    /// <param name="version">The version.</param>
    /// <param name="host">By what the gateway finds it.</param>
    /// <param name="created">When.</param>
    /// <param name="replicas">Fewest servers.</param>
    public IReadOnlyList<Manifest> Model(ClusterVersion version, string host, DateTimeOffset created, int replicas)
    {
        var labels = names.PodsOf(host);
        var scaled = settings.MaximumReplicas > replicas && replicas == settings.MinimumReplicas;
        var container = Of(version.Image, [], version.Variables);
        container.ReadinessProbe = Probe("ready");
        var metadata = names.Metadata(host, labels, created);
        metadata.Labels[ClusterNames.Version] = version.Number.ToString(CultureInfo.InvariantCulture);
        metadata.Annotations[ClusterNames.Model] = version.Model.ToString();
        return
        [
            Manifest.Of(ResourceKind.Service, new V1Service
            {
                Metadata = names.Metadata(host, labels),
                Spec = new() { Selector = labels, Ports = [Port(PortName, ContainedModelOptions.UsualPort)] },
            }),
            Manifest.Of(ResourceKind.Deployment, new V1Deployment
            {
                Metadata = metadata,
                Spec = new()
                {
                    // Whoever scales says how many there are.
                    Replicas = scaled ? null : replicas,
                    RevisionHistoryLimit = 1,
                    Selector = new() { MatchLabels = labels },
                    Template = Pod(labels, container),
                },
            }),
            Manifest.Of(ResourceKind.NetworkPolicy, Policy(
                host, labels, [new() { PodSelector = new() { MatchLabels = names.PodsOf(ClusterNames.GatewayRole) } }],
                ContainedModelOptions.UsualPort)),
            Manifest.Of(ResourceKind.DisruptionBudget, new V1PodDisruptionBudget
            {
                Metadata = names.Metadata(host, labels),
                Spec = new() { MaxUnavailable = 1, Selector = new() { MatchLabels = labels } },
            }),
            .. scaled ? [Manifest.Of(ResourceKind.Autoscaler, Scaler(host, labels))] : (Manifest[])[],
        ];
    }

    /// <summary>A pod that runs as nobody in particular, and is told nothing of the cluster.</summary>
    public V1PodTemplateSpec Pod(IDictionary<string, string> labels, V1Container container, params V1Volume[] volumes) => new()
    {
        Metadata = new() { Labels = labels },
        Spec = new()
        {
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            Containers = [container],
            Volumes = volumes.Length == 0 ? null : volumes,
            ImagePullSecrets = PodRights.ToPull(settings),
            SecurityContext = PodRights.OfPod,
            TopologySpreadConstraints =
            [
                new()
                {
                    MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway",
                    LabelSelector = new() { MatchLabels = labels }
                },
            ],
        },
    };

    /// <summary>A container of the server program.</summary>
    public V1Container Of(string image, IList<string> arguments, IReadOnlyDictionary<string, string> variables) => new()
    {
        Name = Container,
        Image = image,
        Args = arguments.Count == 0 ? null : arguments,
        Env = variables.Count == 0 ? null : [.. variables.Select(variable => new V1EnvVar { Name = variable.Key, Value = variable.Value })],
        Ports = [new() { Name = PortName, ContainerPort = ContainedModelOptions.UsualPort }],
        Resources = new()
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(settings.Processors), ["memory"] = new(settings.Memory) },
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new(settings.Memory) },
        },
        SecurityContext = PodRights.OfContainer,
        StartupProbe = Probe("live", StartTries, 1),
        LivenessProbe = Probe("live"),
    };

    /// <summary>Asks a server how it is.</summary>
    public static V1Probe Probe(string what, int failures = 3, int period = 5) => new()
    {
        HttpGet = new() { Path = $"/v2/health/{what}", Port = PortName }, PeriodSeconds = period, TimeoutSeconds = Seconds,
        FailureThreshold = failures,
    };

    /// <summary>A port of a service.</summary>
    public static V1ServicePort Port(string name, int port) => new() { Name = name, Port = port, TargetPort = port };

    /// <summary>Lets nobody in but at these ports, and, where peers are named, nobody else.</summary>
    public V1NetworkPolicy Policy(string name, IDictionary<string, string> labels, IList<V1NetworkPolicyPeer>? from, params int[] ports) =>
        new()
    {
        Metadata = names.Metadata(name, labels),
        Spec = new()
        {
            PodSelector = new() { MatchLabels = labels },
            PolicyTypes = ["Ingress"],
            Ingress = [new() { FromProperty = from,
                Ports = [.. ports.Select(port => new V1NetworkPolicyPort { Port = port, Protocol = "TCP" })] }],
        },
    };

    private V2HorizontalPodAutoscaler Scaler(string name, IDictionary<string, string> labels) => new()
    {
        Metadata = names.Metadata(name, labels),
        Spec = new()
        {
            MinReplicas = settings.MinimumReplicas,
            MaxReplicas = settings.MaximumReplicas,
            ScaleTargetRef = new()
            {
                ApiVersion = ResourceKind.Deployment.ApiVersion, Kind = ResourceKind.Deployment.Kind, Name = name
            },
            Metrics =
            [
                new()
                {
                    Type = "Resource",
                    Resource = new()
                    {
                        Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = settings.TargetUtilisation }
                    },
                },
            ],
        },
    };
}

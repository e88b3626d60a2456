using System.Globalization;
using k8s.Models;
using MlOpsBuild.Delivery.Environments.Kubernetes;

namespace MlOpsBuild.Delivery.Jobs;

/// <summary>
/// What a job is in the cluster: pods that run one after another until one ends well, and that may do no more than they need.
/// </summary>
/// <param name="settings">The secret of the registry.</param>
internal sealed class JobManifests(KubernetesSettings settings)
{
    /// <summary>
    /// Label of a job's pods that tells its identity: pods that are left of an earlier job of the same name say nothing of this one.
    /// </summary>
    public const string OwnerLabel = "controller-uid";

    /// <summary>Name of the container in a pod.</summary>
    public const string Container = "stage";

    // How long the cluster keeps one that ended and that nobody took away, as its build was killed.
    private const int KeptSeconds = 3600;
    private const string Work = "work";
    private const string Temporary = "tmp";
    private const string LoginVolume = "logins";
    private const string StageLabel = "mlopsbuild.dev/stage";

    /// <summary>The objects of a job, in the order in which they are applied.</summary>
    public IReadOnlyList<Manifest> Of(ClusterJob job)
    {
        var labels = new Dictionary<string, string>
        {
            ["app.kubernetes.io/managed-by"] = ClusterNames.Manager, [ClusterNames.Role] = "job", [StageLabel] = job.Stage,
        };
        return
        [
            .. job.Secrets.Count == 0 ? (Manifest[])[] :
            [
                Manifest.Of(ResourceKind.Secret, new V1Secret
                {
                    Metadata = new() { Name = job.Name, Labels = labels }, Type = "Opaque",
                    Data = job.Secrets.ToDictionary(secret => secret.Key, secret => System.Text.Encoding.UTF8.GetBytes(secret.Value)),
                }),
            ],
            Manifest.Of(ResourceKind.Job, new V1Job
            {
                Metadata = new() { Name = job.Name, Labels = labels },
                Spec = new()
                {
                    BackoffLimit = job.Policy.Retries,
                    ActiveDeadlineSeconds = (long)job.Policy.Deadline.TotalSeconds,
                    TtlSecondsAfterFinished = KeptSeconds,

                    // A pod that its node took down, or went down with, says nothing of the program.
                    PodFailurePolicy = new()
                    {
                        Rules =
                        [
                            new()
                            {
                                Action = "Ignore",
                                OnPodConditions = [new() { Type = "DisruptionTarget", Status = "True" }],
                            },
                        ],
                    },
                    Template = new() { Metadata = new() { Labels = labels }, Spec = Pod(job) },
                },
            }),
        ];
    }

    private V1PodSpec Pod(ClusterJob job)
    {
        var (volumes, mounts) = (new List<V1Volume>(), new List<V1VolumeMount>());
        foreach (var (name, path) in new[] { (Work, ClusterJob.Folder), (Temporary, "/tmp") })
        {
            volumes.Add(new() { Name = name, EmptyDir = new() });
            mounts.Add(new() { Name = name, MountPath = path });
        }

        if (settings.PullSecret is { } logins)
        {
            volumes.Add(new()
            {
                Name = LoginVolume,
                Secret = new() { SecretName = logins, Items = [new() { Key = ".dockerconfigjson", Path = "config.json" }] },
            });
            mounts.Add(new() { Name = LoginVolume, MountPath = ClusterJob.Logins, ReadOnlyProperty = true });
        }

        return new()
        {
            RestartPolicy = "Never",
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            ImagePullSecrets = PodRights.ToPull(settings),
            NodeSelector = job.Policy.Nodes.Count == 0 ? null : job.Policy.Nodes.ToDictionary(),
            Tolerations = job.Policy.Tolerated.Count == 0 ? null
                : [.. job.Policy.Tolerated.Select(taint => new V1Toleration { Key = taint, OperatorProperty = "Exists" })],
            SecurityContext = PodRights.OfPod,
            Volumes = volumes,
            Containers =
            [
                new()
                {
                    Name = Container,
                    Image = job.Image,
                    Args = [.. job.Arguments],
                    Env = [.. Variables(job)],
                    TerminationMessagePath = ClusterJob.AnswerFile,
                    TerminationMessagePolicy = "File",
                    Resources = Resources(job),
                    SecurityContext = PodRights.OfContainer,
                    VolumeMounts = mounts,
                },
            ],
        };
    }

    private IEnumerable<V1EnvVar> Variables(ClusterJob job) =>
    [
        .. job.Variables.OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new V1EnvVar { Name = variable.Key, Value = variable.Value }),
        .. settings.PullSecret == null ? (V1EnvVar[])[] : [new() { Name = "DOCKER_CONFIG", Value = ClusterJob.Logins }],
        .. job.Secrets.Keys.Order(StringComparer.Ordinal).Select(name => new V1EnvVar
        {
            Name = name, ValueFrom = new() { SecretKeyRef = new() { Name = job.Name, Key = name } },
        }),
    ];

    private static V1ResourceRequirements Resources(ClusterJob job)
    {
        var (policy, requests, limits) =
            (job.Policy, new Dictionary<string, ResourceQuantity>(), new Dictionary<string, ResourceQuantity>());
        (requests["cpu"], requests["memory"], limits["memory"]) = (new(policy.Processors), new(policy.Memory), new(policy.Memory));
        if (policy.ProcessorLimit is { } most)
        {
            limits["cpu"] = new(most);
        }

        // What is not divided has no request of its own.
        if (policy.Gpus > 0)
        {
            limits[policy.GpuResource] = new(policy.Gpus.ToString(CultureInfo.InvariantCulture));
        }

        return new() { Requests = requests, Limits = limits };
    }
}

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// Which cluster serves, through what callers come in, and what each server may use. Every default works on a bare cluster.
/// </summary>
public sealed record KubernetesSettings
{
    /// <summary>The file with clusters and credentials.</summary>
    /// <value>null: the first file in <c>KUBECONFIG</c> that knows the context, else <c>~/.kube/config</c>, else, in a pod, its service
    /// account.</value>
    public string? ConfigFile { get; init; }

    /// <summary>The context in that file.</summary>
    /// <value>null: its current one.</value>
    public string? Context { get; init; }

    /// <summary>The namespace.</summary>
    /// <value>null: the context's, else <c>default</c>.</value>
    public string? Namespace { get; init; }

    /// <summary>
    /// The <c>Gateway</c> of the Gateway API through which callers come in, as <c>NAME</c> or <c>NAMESPACE/NAME</c>: an <c>HTTPRoute</c>
    /// attached to it carries the canary's weights.
    /// </summary>
    /// <value>null: none; callers come to the pipeline's Service, and its gateway splits them.</value>
    public string? Gateway { get; init; }

    /// <summary>The listener of that gateway.</summary>
    /// <value>null: all of them.</value>
    public string? Listener { get; init; }

    /// <summary>Hosts of the route; empty for every host of the listener.</summary>
    public IReadOnlyList<string> Hostnames { get; init; } = [];

    /// <summary>Fewest model servers of a version, 1 or more. 2 by default: one may be lost.</summary>
    public int MinimumReplicas { get; init; } = 2;

    /// <summary>Most model servers of a version; more than the fewest makes a HorizontalPodAutoscaler. 6 by default.</summary>
    public int MaximumReplicas { get; init; } = 6;

    /// <summary>
    /// Share of its requested processor time in percent above which a version gets more servers, 1 to 100. 70 by default.
    /// </summary>
    public int TargetUtilisation { get; init; } = 70;

    /// <summary>Processor time that a model server is given for certain, as Kubernetes writes it. <c>100m</c> by default.</summary>
    public string Processors { get; init; } = "100m";

    /// <summary>Memory that a server is given, and may not exceed. <c>256Mi</c> by default.</summary>
    public string Memory { get; init; } = "256Mi";

    /// <summary>Size of the volume with the gateway's routes and predictions. <c>1Gi</c> by default.</summary>
    public string Storage { get; init; } = "1Gi";

    /// <summary>Class of that volume.</summary>
    /// <value>null: the cluster's default.</value>
    public string? StorageClass { get; init; }

    /// <summary>The secret with which nodes pull images.</summary>
    /// <value>null: none is needed.</value>
    public string? PullSecret { get; init; }

    /// <summary>How long a server may take until it is ready: its image is pulled, and a node may have to be added. 5 minutes by
    /// default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the route may take until its weights are in force, below a canary's lease of 10 s. 8 s by default.</summary>
    public TimeSpan RoutePatience { get; init; } = TimeSpan.FromSeconds(8);
}

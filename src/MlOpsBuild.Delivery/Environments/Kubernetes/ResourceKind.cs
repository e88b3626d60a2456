namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>A kind of object, and where the API server keeps it.</summary>
/// <param name="Group">Its group; empty for the core.</param>
/// <param name="Version">Its version.</param>
/// <param name="Plural">Its name in paths.</param>
/// <param name="Kind">Its name in manifests.</param>
internal sealed record ResourceKind(string Group, string Version, string Plural, string Kind)
{
    public static readonly ResourceKind Autoscaler = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static readonly ResourceKind Claim = new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
    public static readonly ResourceKind ConfigMap = new("", "v1", "configmaps", "ConfigMap");
    public static readonly ResourceKind Deployment = new("apps", "v1", "deployments", "Deployment");
    public static readonly ResourceKind DisruptionBudget = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
    public static readonly ResourceKind Job = new("batch", "v1", "jobs", "Job");
    public static readonly ResourceKind NetworkPolicy = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy");
    public static readonly ResourceKind Pod = new("", "v1", "pods", "Pod");
    public static readonly ResourceKind Route = new("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute");
    public static readonly ResourceKind Secret = new("", "v1", "secrets", "Secret");
    public static readonly ResourceKind Service = new("", "v1", "services", "Service");

    /// <summary>What makes requests come in, and what answers them.</summary>
    public static readonly IReadOnlyList<ResourceKind> All =
    [
        Deployment, Autoscaler, DisruptionBudget, Service, NetworkPolicy, ConfigMap, Secret, Claim,
    ];

    /// <summary>As manifests name group and version.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Its place in <paramref name="space"/>, or that of one object.</summary>
    public string Path(string space, string? name = null) =>
        $"{(Group.Length == 0 ? "api" : "apis")}/{ApiVersion}/namespaces/{Uri.EscapeDataString(space)}/{Plural}"
            + (name == null ? "" : $"/{Uri.EscapeDataString(name)}");
}

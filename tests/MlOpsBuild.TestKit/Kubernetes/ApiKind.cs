using k8s.Models;

namespace MlOpsBuild.TestKit.Kubernetes;

/// <summary>A kind of object that the API server knows.</summary>
/// <param name="Group">Its group; empty for the core.</param>
/// <param name="Version">Its version.</param>
/// <param name="Plural">Its name in paths.</param>
/// <param name="Kind">Its name in manifests.</param>
/// <param name="Model">The client's type, made from the published definitions; null where there is none.</param>
public sealed record ApiKind(string Group, string Version, string Plural, string Kind, Type? Model)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApiKind> All { get; } =
    [
        new("", "v1", "configmaps", "ConfigMap", typeof(V1ConfigMap)),
        new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", typeof(V1PersistentVolumeClaim)),
        new("", "v1", "pods", "Pod", typeof(V1Pod)),
        new("", "v1", "secrets", "Secret", typeof(V1Secret)),
        new("", "v1", "services", "Service", typeof(V1Service)),
        new("apps", "v1", "deployments", "Deployment", typeof(V1Deployment)),
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", typeof(V2HorizontalPodAutoscaler)),
        new("batch", "v1", "jobs", "Job", typeof(V1Job)),
        new("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", null),
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", typeof(V1NetworkPolicy)),
        new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", typeof(V1PodDisruptionBudget)),
    ];

    /// <summary>Its group and version as manifests name them.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

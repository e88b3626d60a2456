using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>What an object of the cluster is to be.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">The object, whole.</param>
internal sealed record Manifest(ResourceKind Kind, JsonObject Content)
{
    /// <summary>Its name.</summary>
    public string Name => (string)Content["metadata"]!["name"]!;

    /// <summary>One of the client's models.</summary>
    public static Manifest Of<T>(ResourceKind kind, T model)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        (model.ApiVersion, model.Kind) = (kind.ApiVersion, kind.Kind);
        return new(kind, JsonNode.Parse(KubernetesJson.Serialize(model))!.AsObject());
    }
}

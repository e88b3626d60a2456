using MlOpsBuild.Delivery.Environments.Kubernetes;

namespace MlOpsBuild.Components.Tests;

/// <summary>A build whose settings of a cluster look like some, and are none: the class does not name the interface.</summary>
internal sealed class UnreadClusterBuild : MlBuild
{
    public KubernetesSettings Kubernetes { get; } = new() { Namespace = "elsewhere" };
}

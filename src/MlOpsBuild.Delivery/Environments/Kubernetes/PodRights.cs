using k8s.Models;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>What any pod of ours may do: it runs as nobody in particular, writes into its volumes and nowhere else.</summary>
internal static class PodRights
{
    /// <summary>Those of a pod.</summary>
    public static V1PodSecurityContext OfPod => new()
    {
        RunAsNonRoot = true, RunAsUser = ImageStage.User, RunAsGroup = ImageStage.User, FsGroup = ImageStage.User,
        SeccompProfile = new() { Type = "RuntimeDefault" },
    };

    /// <summary>Those of a container in it.</summary>
    public static V1SecurityContext OfContainer => new()
    {
        AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new() { Drop = ["ALL"] },
    };

    /// <summary>With which secret its images are pulled; null where none is needed.</summary>
    public static IList<V1LocalObjectReference>? ToPull(KubernetesSettings settings) =>
        settings.PullSecret is { } secret ? [new() { Name = secret }] : null;
}

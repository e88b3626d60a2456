using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Registry;

namespace MlOpsBuild.Components.Flow;

/// <summary>Image of the store → the registry from which a cluster's nodes pull it, by digest.</summary>
internal static class ClusterImages
{
    /// <summary>What a build brings to a cluster.</summary>
    /// <param name="session">The session.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="purpose">What for beside serving; null for serving.</param>
    public static KubernetesChoices Of(RunSession session, string pipeline, string? purpose) => new(
        session.Cluster.Registry is { } registry ? ImageTransfer.PlaceOf(registry, pipeline) : null,
        (image, token) => PublishAsync(session, pipeline, image, token), purpose, session.Cluster.TakesOver);

    /// <summary>How nodes name an image that was sent.</summary>
    public static string Named(RunSession session, string pipeline, VersionImage image) =>
        $"{ImageTransfer.PlaceOf(session.Cluster.Registry ?? "REGISTRY", pipeline)}@{image.Manifest}";

    private static async Task<string> PublishAsync(
        RunSession session, string pipeline, VersionImage image, CancellationToken cancellationToken)
    {
        var registry = session.Cluster.Registry
            ?? throw new UsageException(new Finding(
                "MLB7160", "No registry that the cluster's nodes pull from", "--environment kubernetes", null,
                "--registry HOST/REPOSITORY", "name it, or write \"Registry\" into .nuke/parameters.json"));
        using var client = await ImageTransfer.OpenAsync(session, pipeline, registry, cancellationToken);
        var attached = await ImageAttachments.FindAsync(session.Store, image.Name, image.Manifest, cancellationToken);
        await new ImagePush(client, session.Store.Blobs).SendAsync(
            image.Manifest, attached, image.Name[(image.Name.IndexOf(':', StringComparison.Ordinal) + 1)..],
            new OutputProgress(session.Output), cancellationToken);
        return Named(session, pipeline, image);
    }
}

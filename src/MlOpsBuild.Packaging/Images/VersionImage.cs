using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;
using static System.FormattableString;

namespace MlOpsBuild.Packaging.Images;

/// <summary>The container image of a version, in the store.</summary>
/// <param name="Name">Its name, <c>bikedemand:v3</c>.</param>
/// <param name="Manifest">Its manifest.</param>
public sealed record VersionImage(string Name, Digest Manifest)
{
    /// <summary>The image of <paramref name="version"/> of <paramref name="pipeline"/>.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Task<VersionImage> FindAsync(MlOpsStore store, string pipeline, int version, CancellationToken cancellationToken) =>
        FindAsync(store, pipeline, version, ImagePlatform.Ours, cancellationToken);

    /// <summary>The image of <paramref name="version"/> of <paramref name="pipeline"/> for a kind of machine.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static async Task<VersionImage> FindAsync(
        MlOpsStore store, string pipeline, int version, ImagePlatform platform, CancellationToken cancellationToken)
    {
        var name = ImageName.Of(pipeline, version, platform);
        return await OciLayout.FindAsync(store, name, cancellationToken) is { } manifest ? new(name, manifest)
            : throw new UsageException(new Finding(
                "MLB3014", "That version has no image", pipeline, Invariant($"v{version}{(platform.IsOurs ? "" : $" for {platform}")}"),
                "an image that Package made on this machine",
                Invariant($"./build.sh Train Package --pipeline {pipeline}{(platform.IsOurs ? "" : $" --platforms {platform}")}, without --no-image")));
    }

    /// <summary>What a container engine calls it: the digest of its configuration, which names every layer's content.</summary>
    public async Task<string> IdAsync(MlOpsStore store, CancellationToken cancellationToken) =>
        CanonicalJson.Deserialize<OciManifest>(await store.Blobs.ReadAsync(Manifest, cancellationToken)).Config.Digest.ToString();

    /// <summary>Writes it as <c>docker save</c> would.</summary>
    /// <exception cref="StageFailedException">A part is missing or damaged.</exception>
    public Task WriteAsync(MlOpsStore store, Stream stream, CancellationToken cancellationToken) =>
        DockerArchive.WriteAsync(store.Blobs, Manifest, Name, stream, cancellationToken);
}

using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// The images of a version for several kinds of machines under one name (OCI image index): an engine that pulls it takes its own.
/// </summary>
public static class ImageList
{
    /// <summary>The images of a version that are in the store, by platform.</summary>
    public static async Task<IReadOnlyDictionary<ImagePlatform, VersionImage>> FindAsync(
        MlOpsStore store, string pipeline, int version, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ImagePlatform, VersionImage>();
        foreach (var platform in ImagePlatform.All)
        {
            var name = ImageName.Of(pipeline, version, platform);
            if (await OciLayout.FindAsync(store, name, cancellationToken) is { } manifest)
            {
                found[platform] = new(name, manifest);
            }
        }

        return found;
    }

    /// <summary>Lists images of a version; nothing where there is at most one.</summary>
    /// <returns>The list's name and digest.</returns>
    public static async Task<VersionImage?> MakeAsync(
        MlOpsStore store, string pipeline, int version, IReadOnlyDictionary<ImagePlatform, VersionImage> images,
        CancellationToken cancellationToken)
    {
        if (images.Count < 2)
        {
            return null;
        }

        var listed = new List<OciDescriptor>();
        foreach (var (platform, image) in images)
        {
            var size = (await store.Blobs.ReadAsync(image.Manifest, cancellationToken)).Length;
            listed.Add(new(OciManifest.ManifestType, image.Manifest, size) { Platform = new(platform.Architecture, ImagePlatform.Linux) });
        }

        var list = await store.Blobs.PutAsync(CanonicalJson.Serialize(OciIndex.Empty with { Manifests = listed }), cancellationToken);
        var name = ImageName.OfAll(pipeline, version);
        await OciLayout.TagListAsync(store, name, list.Digest, cancellationToken);
        return new(name, list.Digest);
    }
}

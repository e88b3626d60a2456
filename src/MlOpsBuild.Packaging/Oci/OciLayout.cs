using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Oci;

/// <summary>The store seen as an OCI image layout.</summary>
public static class OciLayout
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Gives a stored manifest a name in <c>index.json</c>.</summary>
    public static Task TagAsync(
        MlOpsStore store, string name, Digest manifest, string? artifactType, CancellationToken cancellationToken) =>
        TagAsync(store, name, manifest, OciManifest.ManifestType, artifactType, cancellationToken);

    /// <summary>Gives a stored list of images a name in <c>index.json</c>.</summary>
    public static Task TagListAsync(MlOpsStore store, string name, Digest list, CancellationToken cancellationToken) =>
        TagAsync(store, name, list, OciIndex.Empty.MediaType, null, cancellationToken);

    /// <summary>The manifest of that name; null where there is none.</summary>
    public static async Task<Digest?> FindAsync(MlOpsStore store, string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(store.Folder, "index.json");
        return File.Exists(path)
            ? CanonicalJson.Deserialize<OciIndex>(await File.ReadAllBytesAsync(path, cancellationToken))
                .Manifests.FirstOrDefault(manifest => manifest.Annotations?.GetValueOrDefault(OciIndex.RefName) == name)?.Digest
            : null;
    }

    private static async Task TagAsync(
        MlOpsStore store, string name, Digest manifest, string mediaType, string? artifactType, CancellationToken cancellationToken)
    {
        using var held = await store.LockAsync("oci-index", Patience, cancellationToken);
        var path = Path.Combine(store.Folder, "index.json");
        var index = File.Exists(path)
            ? CanonicalJson.Deserialize<OciIndex>(await File.ReadAllBytesAsync(path, cancellationToken))
            : OciIndex.Empty;
        var size = (await store.Blobs.ReadAsync(manifest, cancellationToken)).Length;
        index = index.With(name, new(mediaType, manifest, size, ArtifactType: artifactType));
        await AtomicFile.WriteAsync(path, CanonicalJson.Serialize(index), cancellationToken);
    }
}

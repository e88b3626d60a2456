using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>A stored bundle, opened; every part is verified when it is read.</summary>
public sealed class Bundle
{
    private readonly MlOpsStore _store;
    private readonly OciManifest _manifest;

    private Bundle(MlOpsStore store, Digest digest, OciManifest manifest, BundleDescription description)
    {
        _store = store;
        _manifest = manifest;
        Digest = digest;
        Description = description;
    }

    /// <summary>The manifest's digest.</summary>
    public Digest Digest { get; }

    /// <summary>What the bundle says of itself.</summary>
    public BundleDescription Description { get; }

    /// <summary>Its files by name, each with its digest.</summary>
    public IReadOnlyList<KeyValuePair<string, Digest>> Files =>
        [.. _manifest.Layers.Select(layer => KeyValuePair.Create(layer.Annotations![OciAnnotation.Title], layer.Digest))];

    /// <summary>Opens the bundle with this manifest digest.</summary>
    /// <exception cref="StageFailedException">It is missing or damaged.</exception>
    public static async Task<Bundle> OpenAsync(MlOpsStore store, Digest digest, CancellationToken cancellationToken)
    {
        var manifest = CanonicalJson.Deserialize<OciManifest>(await store.Blobs.ReadAsync(digest, cancellationToken));
        var description =
            CanonicalJson.Deserialize<BundleDescription>(await store.Blobs.ReadAsync(manifest.Config.Digest, cancellationToken));
        return new(store, digest, manifest, description);
    }

    /// <summary>What a part says.</summary>
    /// <exception cref="StageFailedException">It is missing or damaged.</exception>
    public async Task<T> ReadAsync<T>(BundlePart part, CancellationToken cancellationToken) =>
        CanonicalJson.Deserialize<T>(await File.ReadAllBytesAsync((await PartAsync(part, cancellationToken)).Path, cancellationToken));

    /// <summary>A part's content in the store, verified.</summary>
    /// <exception cref="StageFailedException">It is missing or damaged.</exception>
    public async Task<Artifact> PartAsync(BundlePart part, CancellationToken cancellationToken)
    {
        var digest = DigestOf(part);
        await _store.Blobs.ReadAsync(digest, cancellationToken);
        return _store.Blobs.At(digest);
    }

    /// <summary>A part's digest.</summary>
    /// <exception cref="StageFailedException">The bundle has no such part.</exception>
    public Digest DigestOf(BundlePart part) =>
        _manifest.Layers.SingleOrDefault(layer => layer.MediaType == BundleStage.MediaTypeOf(part))?.Digest
        ?? throw new StageFailedException(new Finding(
            "MLB3001", "The bundle lacks a part", Digest.ToString(), part.ToString(), string.Join(", ", Enum.GetNames<BundlePart>()),
            "package the model again"));
}

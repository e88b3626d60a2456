using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// A document about an image, attached to it as OCI 1.1 has it: a manifest whose subject is the image, with a layer for each document.
/// </summary>
/// <param name="blobs">Keeps documents and manifests.</param>
public sealed class Attachment(ContentStore blobs)
{
    /// <summary>The documents under a name in the store; none where nothing has the name.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<OciDescriptor>> DocumentsAsync(
        MlOpsStore store, string name, CancellationToken cancellationToken) =>
        await OciLayout.FindAsync(store, name, cancellationToken) is { } found
            ? CanonicalJson.Deserialize<OciManifest>(await store.Blobs.ReadAsync(found, cancellationToken)).Layers
            : [];

    /// <summary>Stores a document and its manifest.</summary>
    /// <param name="image">The image's manifest.</param>
    /// <param name="mediaType">The document's media type, which is the artifact's type as well.</param>
    /// <param name="document">The document.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <param name="annotations">What is said of the document beside it; null for nothing.</param>
    /// <returns>The attached manifest.</returns>
    public async Task<Digest> AttachAsync(
        Digest image, string mediaType, byte[] document, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? annotations = null)
    {
        var content = await blobs.PutAsync(document, cancellationToken);
        return await AttachAsync(image, mediaType, [new(mediaType, content.Digest, document.Length, annotations)], cancellationToken);
    }

    /// <summary>Stores the manifest of documents that are stored.</summary>
    /// <param name="image">The image's manifest.</param>
    /// <param name="artifactType">What kind of documents they are.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The attached manifest.</returns>
    public async Task<Digest> AttachAsync(
        Digest image, string artifactType, IReadOnlyList<OciDescriptor> documents, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(image, cancellationToken);
        var subject = new OciDescriptor(MediaTypeOf(content), image, content.Length);
        await blobs.PutAsync(OciEmpty.Content, cancellationToken);
        var manifest = new OciManifest(
            2, OciManifest.ManifestType, artifactType, OciEmpty.Descriptor, documents,
            new Dictionary<string, string>()) { Subject = subject };
        return (await blobs.PutAsync(CanonicalJson.Serialize(manifest), cancellationToken)).Digest;
    }

    // An image, or a list of images: both say what they are.
    private static string MediaTypeOf(byte[] image) => CanonicalJson.TryDeserialize<OciIndex>(image)?.MediaType ?? OciManifest.ManifestType;
}

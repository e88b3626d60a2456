using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>What is attached to an image in the store.</summary>
/// <param name="Documents">Manifests of documents: its bill of materials, its provenance.</param>
/// <param name="Signatures">Manifests of what is signed of it, by the tag where cosign looks for them.</param>
public sealed record ImageAttachments(IReadOnlyList<Digest> Documents, IReadOnlyDictionary<string, Digest> Signatures)
{
    /// <summary>What the name of an image's bill of materials ends with.</summary>
    public const string Bill = ".sbom";

    /// <summary>What the name of an image's provenance ends with.</summary>
    public const string Origin = ".provenance";

    /// <summary>Nothing is.</summary>
    public static ImageAttachments None { get; } = new([], new Dictionary<string, Digest>());

    /// <summary>What is attached to the image called <paramref name="name"/>.</summary>
    public static async Task<ImageAttachments> FindAsync(MlOpsStore store, string name, Digest image, CancellationToken cancellationToken)
    {
        var documents = new List<Digest>();
        foreach (var suffix in (string[])[Bill, Origin])
        {
            documents.AddRange(await OciLayout.FindAsync(store, name + suffix, cancellationToken) is { } found ? [found] : []);
        }

        var signed = new Dictionary<string, Digest>();
        if (await ImageSignature.FindAsync(store, name, cancellationToken) is { } signature)
        {
            signed[ImageSignature.TagOf(image)] = signature;
        }

        if (await ImageAttestations.FindAsync(store, name, cancellationToken) is { } statements)
        {
            signed[ImageAttestations.TagOf(image)] = statements;
        }

        return new(documents, signed);
    }
}

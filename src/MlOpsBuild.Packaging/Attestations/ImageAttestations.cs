using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// Signed statements about an image, where cosign has them: one layer each, an envelope with the kind of the statement as an annotation.
/// <c>cosign verify-attestation --key</c> finds them in a registry under <see cref="TagOf"/>.
/// </summary>
public static class ImageAttestations
{
    private const string Annotation = "predicateType";
    private const string Suffix = ".att";

    /// <summary>The tag that holds the statements about <paramref name="image"/> in a registry.</summary>
    public static string TagOf(Digest image) => $"sha256-{image.Hex}{Suffix}";

    /// <summary>
    /// The manifest of the statements about the image called <paramref name="name"/> in the store; null where there is none.
    /// </summary>
    public static Task<Digest?> FindAsync(MlOpsStore store, string name, CancellationToken cancellationToken) =>
        OciLayout.FindAsync(store, name + Suffix, cancellationToken);

    /// <summary>Signs statements about an image; nothing without a private key, or when they are signed already.</summary>
    /// <param name="store">Where the image is.</param>
    /// <param name="name">How it is called.</param>
    /// <param name="image">Its manifest.</param>
    /// <param name="statements">In-toto statements by their kind.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task SignAsync(
        MlOpsStore store, string name, Digest image, IReadOnlyDictionary<string, byte[]> statements, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(store, name, store.Trust.Keys, cancellationToken);
        if (known.Count == statements.Count
            && statements.All(statement => known.GetValueOrDefault(statement.Key) is { } same
                && same.AsSpan().SequenceEqual(statement.Value)))
        {
            return;
        }

        var layers = new List<OciDescriptor>();
        foreach (var (kind, statement) in statements.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (Envelope.Sign(store.Trust, Statement.MediaType, statement) is not { } envelope)
            {
                return;
            }

            var kept = await store.Blobs.PutAsync(envelope, cancellationToken);
            layers.Add(new(Envelope.MediaType, kept.Digest, envelope.Length, new Dictionary<string, string> { [Annotation] = kind }));
        }

        await OciLayout.TagAsync(
            store, name + Suffix, await new Attachment(store.Blobs).AttachAsync(image, Envelope.MediaType, layers, cancellationToken),
            Envelope.MediaType, cancellationToken);
    }

    /// <summary>Whether somebody who is trusted says that <paramref name="image"/> was made of <paramref name="bundle"/>.</summary>
    public static async Task<bool> SayAsync(
        MlOpsStore store, string name, Digest image, Digest bundle, TrustedKeys trusted, CancellationToken cancellationToken) =>
        (await ReadAsync(store, name, trusted, cancellationToken)).GetValueOrDefault(Provenance.PredicateType) is { } statement
            && Provenance.Says(statement, image, bundle);

    // Statements that somebody who is trusted signed, by their kind.
    private static async Task<Dictionary<string, byte[]>> ReadAsync(
        MlOpsStore store, string name, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var statements = new Dictionary<string, byte[]>();
        foreach (var layer in await Attachment.DocumentsAsync(store, name + Suffix, cancellationToken))
        {
            if (layer.Annotations?.GetValueOrDefault(Annotation) is { } kind
                && Envelope.Open(await store.Blobs.ReadAsync(layer.Digest, cancellationToken), Statement.MediaType, trusted)
                    is { } statement)
            {
                statements[kind] = statement;
            }
        }

        return statements;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// The signature of an image in cosign's simple signing format: a payload that names the image's digest, and its signature as an annotation
/// of the layer that holds it (cosign, SIGNATURE_SPEC). <c>cosign verify --key</c> finds it in a registry under <see cref="TagOf"/>.
/// </summary>
public static class ImageSignature
{
    /// <summary>Media type of the payload.</summary>
    public const string MediaType = "application/vnd.dev.cosign.simplesigning.v1+json";

    /// <summary>The annotation with the signature, base64.</summary>
    public const string Annotation = "dev.cosignproject.cosign/signature";

    private const string Type = "cosign container image signature";
    private const string Suffix = ".sig";

    /// <summary>The tag that holds the signatures of <paramref name="image"/> in a registry.</summary>
    public static string TagOf(Digest image) => $"sha256-{image.Hex}{Suffix}";

    /// <summary>What is signed.</summary>
    /// <param name="name">How the image is called.</param>
    /// <param name="image">Its manifest.</param>
    public static byte[] Payload(string name, Digest image) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["critical"] = new JsonObject
        {
            ["identity"] = new JsonObject { ["docker-reference"] = name },
            ["image"] = new JsonObject { ["docker-manifest-digest"] = image.ToString() }, ["type"] = Type,
        },
        ["optional"] = null,
    });

    /// <summary>Signs the image, unless somebody who is trusted has; nothing without a private key.</summary>
    /// <returns>The manifest of the signature; null where there is none.</returns>
    public static async Task<Digest?> SignAsync(MlOpsStore store, string name, Digest image, CancellationToken cancellationToken)
    {
        var payload = Payload(name, image);
        if (await IsSignedAsync(store, name, image, store.Trust.Keys, cancellationToken)
            || store.Trust.SignContent(payload) is not { } signature)
        {
            return await FindAsync(store, name, cancellationToken);
        }

        var stored = await new Attachment(store.Blobs).AttachAsync(
            image, MediaType, payload, cancellationToken,
            new Dictionary<string, string> { [Annotation] = Convert.ToBase64String(signature) });
        await OciLayout.TagAsync(store, name + Suffix, stored, MediaType, cancellationToken);
        return stored;
    }

    /// <summary>The manifest of the image's signature in the store; null where there is none.</summary>
    public static Task<Digest?> FindAsync(MlOpsStore store, string name, CancellationToken cancellationToken) =>
        OciLayout.FindAsync(store, name + Suffix, cancellationToken);

    /// <summary>Whether one of <paramref name="trusted"/> signed this very image.</summary>
    public static async Task<bool> IsSignedAsync(
        MlOpsStore store, string name, Digest image, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        foreach (var layer in await Attachment.DocumentsAsync(store, name + Suffix, cancellationToken))
        {
            var payload = await store.Blobs.ReadAsync(layer.Digest, cancellationToken);
            if (layer.Annotations?.GetValueOrDefault(Annotation) is { } text && Bytes(text) is { } signature && Names(payload, image)
                && trusted.HaveSigned(payload, signature))
            {
                return true;
            }
        }

        return false;
    }

    // A signature of another image, or of something that is no image, is none of this one's.
    private static bool Names(byte[] payload, Digest image)
    {
        try
        {
            var critical = JsonNode.Parse(payload)?["critical"];
            return critical?["image"]?["docker-manifest-digest"]?.GetValue<string>() == image.ToString()
                && critical["type"]?.GetValue<string>() == Type;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static byte[]? Bytes(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// The signature of a bundle as OpenSSF Model Signing 1.0 has it: an in-toto statement that lists every file with its digest, in a DSSE
/// envelope, in a Sigstore bundle that names the key. Tools that read such signatures verify it with the public key and the bundle's files.
/// </summary>
public static class ModelSignature
{
    /// <summary>Media type of the Sigstore bundle.</summary>
    public const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>What kind of statement it is.</summary>
    public const string PredicateType = "https://model_signing/signature/v1.0";

    private const string Algorithm = "sha256";
    private const string Suffix = ".sig";

    /// <summary>The statement: the files by name, and one digest over all of theirs.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="files">Its files.</param>
    public static byte[] Write(string name, IEnumerable<KeyValuePair<string, Digest>> files)
    {
        var ordered = files.OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        return Statement.Write(name, RootOf(ordered), PredicateType, new JsonObject
        {
            ["serialization"] = new JsonObject { ["method"] = "files", ["hash_type"] = Algorithm, ["allow_symlinks"] = false },
            ["resources"] = new JsonArray([.. ordered.Select(file => (JsonNode)new JsonObject
            {
                ["name"] = file.Key, ["algorithm"] = Algorithm, ["digest"] = file.Value.Hex
            })]),
        });
    }

    /// <summary>Signs a statement; null without a private key.</summary>
    public static byte[]? Sign(Trust trust, byte[] statement) =>
        Envelope.Sign(trust, Statement.MediaType, statement) is not { } envelope ? null : CanonicalJson.Serialize(new JsonObject
        {
            ["mediaType"] = MediaType,
            ["verificationMaterial"] = new JsonObject
            {
                ["publicKey"] = new JsonObject { ["hint"] = Digest.Of(trust.PublicKey!).Hex }, ["tlogEntries"] = new JsonArray()
            },
            ["dsseEnvelope"] = JsonNode.Parse(envelope),
        });

    /// <summary>Whether somebody who is trusted signed exactly these files.</summary>
    public static bool Covers(byte[] signature, IEnumerable<KeyValuePair<string, Digest>> files, TrustedKeys trusted)
    {
        try
        {
            return JsonNode.Parse(signature)?["dsseEnvelope"] is { } envelope
                && Envelope.Open(Encoding.UTF8.GetBytes(envelope.ToJsonString()), Statement.MediaType, trusted) is { } statement
                && JsonNode.Parse(statement) is { } read
                && statement.AsSpan().SequenceEqual(Write(read["subject"]![0]!["name"]!.GetValue<string>(), files));
        }
        catch (Exception problem)
            when (problem is JsonException or InvalidOperationException or NullReferenceException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    /// <summary>Signs a stored bundle and attaches the signature to it, unless that was done; nothing without a private key.</summary>
    /// <param name="store">Where the bundle is.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task SignAsync(MlOpsStore store, string name, Bundle bundle, CancellationToken cancellationToken)
    {
        if (await IsSignedAsync(store, name, bundle, store.Trust.Keys, cancellationToken)
            || Sign(store.Trust, Write(bundle.Description.Pipeline, bundle.Files)) is not { } signature)
        {
            return;
        }

        await OciLayout.TagAsync(
            store, name + Suffix, await new Attachment(store.Blobs).AttachAsync(bundle.Digest, MediaType, signature, cancellationToken),
            MediaType, cancellationToken);
    }

    /// <summary>Whether one of <paramref name="trusted"/> signed the files of a stored bundle.</summary>
    public static async Task<bool> IsSignedAsync(
        MlOpsStore store, string name, Bundle bundle, TrustedKeys trusted, CancellationToken cancellationToken) =>
        await Attachment.DocumentsAsync(store, name + Suffix, cancellationToken) is [var layer]
        && Covers(await store.Blobs.ReadAsync(layer.Digest, cancellationToken), bundle.Files, trusted);

    // SHA-256 over the files' digests, as bytes, in the order of their names.
    private static Digest RootOf(IReadOnlyList<KeyValuePair<string, Digest>> ordered)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, digest) in ordered)
        {
            hash.AppendData(Convert.FromHexString(digest.Hex));
        }

        return Digest.Parse("sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

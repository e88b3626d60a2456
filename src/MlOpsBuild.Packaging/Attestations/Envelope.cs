using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Store.Signing;

namespace MlOpsBuild.Packaging.Attestations;

/// <summary>
/// A signed document: Dead Simple Signing Envelope 1.0. What is signed is the type together with the content, so that none
/// passes for one of another type.
/// </summary>
public static class Envelope
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "application/vnd.dsse.envelope.v1+json";

    private const string Version = "DSSEv1";

    /// <summary>Signs a document; null without a private key.</summary>
    public static byte[]? Sign(Trust trust, string payloadType, byte[] payload) =>
        trust.SignContent(SignedBytes(payloadType, payload)) is not { } signature ? null : CanonicalJson.Serialize(new JsonObject
        {
            ["payloadType"] = payloadType,
            ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(new JsonObject { ["sig"] = Convert.ToBase64String(signature) }),
        });

    /// <summary>The document in an envelope; null when it is of another type, or when nobody who is trusted signed it.</summary>
    public static byte[]? Open(byte[] envelope, string payloadType, TrustedKeys trusted)
    {
        try
        {
            var read = JsonNode.Parse(envelope);
            var payload = Convert.FromBase64String(read!["payload"]!.GetValue<string>());
            var signatures = read["signatures"]!.AsArray().Select(each => Convert.FromBase64String(each!["sig"]!.GetValue<string>()));
            return read["payloadType"]!.GetValue<string>() == payloadType
                && signatures.Any(signature => trusted.HaveSigned(SignedBytes(payloadType, payload), signature))
                ? payload
                : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>The bytes that are signed: <c>DSSEv1 LENGTH TYPE LENGTH CONTENT</c> (the specification's PAE).</summary>
    public static byte[] SignedBytes(string payloadType, byte[] payload) => [.. Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Version} {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ")), .. payload];
}

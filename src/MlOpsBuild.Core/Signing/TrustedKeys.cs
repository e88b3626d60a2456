using System.Security.Cryptography;

namespace MlOpsBuild.Core.Signing;

/// <summary>
/// The public keys somebody trusts. Without any, everything is believed: digests prove integrity, signatures prove origin.
/// </summary>
/// <param name="Keys">Public keys, each as base64 of its SubjectPublicKeyInfo.</param>
public sealed record TrustedKeys(IReadOnlyList<string> Keys)
{
    private const int NameLength = 16;

    /// <summary>No key: nothing need be signed.</summary>
    public static TrustedKeys None { get; } = new([]);

    /// <summary>Whether statements must be signed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Demands => Keys.Count > 0;

    /// <summary>The name of a public key.</summary>
    public static string NameOf(ReadOnlySpan<byte> publicKey) => Digest.Of(publicKey).Hex[..NameLength];

    /// <summary>The bytes that are signed: the statement's kind, so that no statement passes for another, and its canonical form.</summary>
    public static byte[] BytesOf<T>(T statement) =>
        [.. System.Text.Encoding.UTF8.GetBytes($"mlops {typeof(T).Name}\n"), .. CanonicalJson.Serialize(statement)];

    /// <summary>Whether somebody who is trusted signed <paramref name="content"/> as it is; false where nobody is.</summary>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">The signature in ASN.1 (RFC 3279), as OpenSSL and cosign write it.</param>
    public bool HaveSigned(byte[] content, byte[] signature) =>
        Keys.Any(key => Verifies(key, content, signature, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>Whether <paramref name="statement"/> is believed.</summary>
    public bool Believes<T>(T statement, Signature? signature)
    {
        if (!Demands)
        {
            return true;
        }

        try
        {
            return signature != null && Keys.Where(key => NameOf(Convert.FromBase64String(key)) == signature.Key)
                .Any(key => Verifies(
                    key, BytesOf(statement), Convert.FromBase64String(signature.Value),
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Verifies(string key, byte[] content, byte[] signature, DSASignatureFormat format)
    {
        try
        {
            using var algorithm = ECDsa.Create();
            algorithm.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
            return algorithm.VerifyData(content, signature, HashAlgorithmName.SHA256, format);
        }
        catch (Exception problem) when (problem is FormatException or CryptographicException)
        {
            // No key, or no signature.
            return false;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Signing;

namespace MlOpsBuild.Store.Signing;

/// <summary>
/// Whom a checkout believes, and what it signs with: public keys in <c>.nuke/keys/*.pem</c> (all environments) and
/// <c>.nuke/keys/ENVIRONMENT/*.pem</c>, the private one in <c>MLOPS_SIGNING_KEY</c> (PEM, or the path of a PEM file).
/// </summary>
public sealed class Trust
{
    /// <summary>The variable with the private key.</summary>
    public const string Variable = "MLOPS_SIGNING_KEY";

    private readonly byte[]? _private;

    private Trust(TrustedKeys keys, byte[]? privateKey) => (Keys, _private) = (keys, privateKey);

    /// <summary>Nothing is signed and everything is believed.</summary>
    public static Trust None { get; } = new(TrustedKeys.None, null);

    /// <summary>Whom it believes.</summary>
    public TrustedKeys Keys { get; }

    /// <summary>Whether signatures are demanded and cannot be made here: then nobody may act here.</summary>
    public bool LacksKey => Keys.Demands && !Keys.Believes("anything", Sign("anything"));

    /// <summary>The public part of what it signs with, as PEM; null where it signs nothing.</summary>
    public string? PublicKey
    {
        get
        {
            using var key = _private == null ? null : Open(_private);
            return key == null ? null : key.ExportSubjectPublicKeyInfoPem() + "\n";
        }
    }

    /// <summary>The name of the key that it signs with; null where it signs nothing.</summary>
    public string? KeyName
    {
        get
        {
            using var key = _private == null ? null : Open(_private);
            return key == null ? null : TrustedKeys.NameOf(key.ExportSubjectPublicKeyInfo());
        }
    }

    /// <summary>What the checkout at <paramref name="root"/> says.</summary>
    /// <exception cref="UsageException">A key cannot be read.</exception>
    public static Trust Of(string root, string environment, IReadOnlyDictionary<string, string> variables)
    {
        var folder = Path.Combine(root, ".nuke", "keys");
        var files = new[] { folder, Path.Combine(folder, environment) }
            .Where(Directory.Exists)
            .SelectMany(path => Directory.GetFiles(path, "*.pem"))
            .Order(StringComparer.Ordinal);
        var keys = new TrustedKeys(
            [.. files.Select(file => Convert.ToBase64String(Read(file, File.ReadAllText(file), key => key.ExportSubjectPublicKeyInfo())))]);
        return new(
            keys,
            variables.GetValueOrDefault(Variable) is { Length: > 0 } given
                ? Read(Variable, File.Exists(given) ? File.ReadAllText(given) : given, key => key.ExportPkcs8PrivateKey())
                : null);
    }

    /// <summary>A new pair, as PEM: the private key and the public one.</summary>
    public static (string Private, string Public, string Name) Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (
            key.ExportPkcs8PrivateKeyPem() + "\n", key.ExportSubjectPublicKeyInfoPem() + "\n",
            TrustedKeys.NameOf(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Signs <paramref name="statement"/>; null without a private key.</summary>
    public Signature? Sign<T>(T statement)
    {
        if (_private == null)
        {
            return null;
        }

        using var key = Open(_private);
        return new(
            TrustedKeys.NameOf(key.ExportSubjectPublicKeyInfo()),
            Convert.ToBase64String(key.SignData(TrustedKeys.BytesOf(statement), HashAlgorithmName.SHA256)));
    }

    /// <summary>
    /// Signs <paramref name="content"/> as it is, in ASN.1 (RFC 3279), as OpenSSL and cosign do; null without a private key.
    /// </summary>
    public byte[]? SignContent(ReadOnlySpan<byte> content)
    {
        using var key = _private == null ? null : Open(_private);
        return key?.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Ends whoever would act without being believed afterwards.</summary>
    /// <exception cref="UsageException">Signatures are demanded and cannot be made here.</exception>
    public void RequireKey(string action)
    {
        if (LacksKey)
        {
            throw new UsageException(new Finding(
                "MLB4030", $"{action} needs a signature here", Variable, null, "a private key whose public part lies in .nuke/keys",
                "give it to this command, or act where it is known; ./build.sh Keys makes a pair"));
        }
    }

    private static ECDsa Open(byte[] privateKey)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return key;
    }

    private static byte[] Read(string where, string pem, Func<ECDsa, byte[]> export)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return export(key);
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            throw new UsageException(
                new Finding("MLB4031", "Not a key", where, null, "an EC key on P-256 in PEM", "./build.sh Keys makes a pair"));
        }
    }
}

namespace MlOpsBuild.Core.Signing;

/// <summary>A signature of a statement (ECDSA on P-256 with SHA-256).</summary>
/// <param name="Key">Name of the key: the first sixteen hexadecimal digits of the digest of its public part.</param>
/// <param name="Value">The signature, base64.</param>
public sealed record Signature(string Key, string Value);

using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Oci;

/// <summary>Points at content (OCI image specification 1.1, descriptor).</summary>
public sealed record OciDescriptor(
    string MediaType, Digest Digest, long Size, IReadOnlyDictionary<string, string>? Annotations = null, string? ArtifactType = null)
{
    /// <summary>Of an image in a list: the machine that it is for; null elsewhere.</summary>
    public OciPlatform? Platform { get; init; }
}

using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Oci;

/// <summary>The configuration of an artifact that has none (OCI image specification 1.1, guidance for an empty descriptor).</summary>
internal static class OciEmpty
{
    /// <summary>Its bytes.</summary>
    public static ReadOnlyMemory<byte> Content { get; } = "{}"u8.ToArray();

    /// <summary>What points at it.</summary>
    public static OciDescriptor Descriptor { get; } = new("application/vnd.oci.empty.v1+json", Digest.Of(Content.Span), Content.Length);
}

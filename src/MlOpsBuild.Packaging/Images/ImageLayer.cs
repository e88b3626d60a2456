using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Images;

/// <summary>A layer of an image.</summary>
/// <param name="Digest">The digest of its stored bytes.</param>
/// <param name="Bytes">How many they are.</param>
public sealed record ImageLayer(Digest Digest, long Bytes)
{
    /// <summary>How it is stored.</summary>
    /// <value>Uncompressed.</value>
    public string MediaType { get; init; } = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>The digest of its bytes uncompressed.</summary>
    /// <value>That of the stored bytes.</value>
    public Digest DiffId { get => field == default ? Digest : field; init; }
}

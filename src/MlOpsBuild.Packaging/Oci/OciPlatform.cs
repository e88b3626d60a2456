namespace MlOpsBuild.Packaging.Oci;

/// <summary>The machine that an image is for (OCI image specification 1.1, image index).</summary>
/// <param name="Architecture">The processor, in Go's words.</param>
/// <param name="Os">The operating system, in Go's words.</param>
public sealed record OciPlatform(string Architecture, string Os);

namespace MlOpsBuild.Packaging.Oci;

/// <summary>Names of annotations (OCI image specification 1.1, pre-defined annotation keys).</summary>
public static class OciAnnotation
{
    /// <summary>How people call it.</summary>
    public const string Title = Prefix + "title";

    /// <summary>Its version.</summary>
    public const string Version = Prefix + "version";

    /// <summary>The commit that it is made of.</summary>
    public const string Revision = Prefix + "revision";

    /// <summary>The image that it is built on.</summary>
    public const string BaseName = Prefix + "base.name";

    /// <summary>The digest of that image.</summary>
    public const string BaseDigest = Prefix + "base.digest";

    private const string Prefix = "org.opencontainers.image.";
}

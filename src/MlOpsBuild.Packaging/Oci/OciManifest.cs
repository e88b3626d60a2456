namespace MlOpsBuild.Packaging.Oci;

/// <summary>An image manifest (OCI image specification 1.1) used as an artifact.</summary>
public sealed record OciManifest(
    int SchemaVersion,
    string MediaType,
    string? ArtifactType,
    OciDescriptor Config,
    IReadOnlyList<OciDescriptor> Layers,
    IReadOnlyDictionary<string, string> Annotations)
{
    /// <summary>The manifest that this one is attached to; null for one that stands by itself.</summary>
    public OciDescriptor? Subject { get; init; }

    /// <summary>Everything it is made of.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal IEnumerable<OciDescriptor> Parts => Layers.Append(Config);

    /// <summary>Media type of a manifest.</summary>
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
}

namespace MlOpsBuild.Packaging.Oci;

/// <summary>The image index of a layout: which manifests have names.</summary>
public sealed record OciIndex(int SchemaVersion, string MediaType, IReadOnlyList<OciDescriptor> Manifests)
{
    /// <summary>The annotation that holds a manifest's name.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";

    /// <summary>An index without manifests.</summary>
    public static OciIndex Empty { get; } = new(2, "application/vnd.oci.image.index.v1+json", []);

    /// <summary>This index with <paramref name="manifest"/> under <paramref name="name"/>, in the place of an earlier one.</summary>
    public OciIndex With(string name, OciDescriptor manifest) => this with
    {
        Manifests =
        [
            .. Manifests.Where(other => other.Annotations?.GetValueOrDefault(RefName) != name),
            manifest with { Annotations = new Dictionary<string, string> { [RefName] = name } },
        ],
    };
}

namespace MlOpsBuild.Data.Sources;

/// <summary>A file of the web whose content is known.</summary>
/// <param name="Address">Where it is, http or https.</param>
/// <param name="Sha256">The 64 hexadecimal digits of its SHA-256.</param>
public sealed record WebFile(Uri Address, string Sha256)
{
    /// <summary>Its name.</summary>
    public string Name => Path.GetFileName(Address.AbsolutePath) is { Length: > 0 } name ? name : "download";
}

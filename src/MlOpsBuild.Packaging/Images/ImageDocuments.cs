using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Writes what says of an image how it runs and what it is made of.</summary>
internal static class ImageDocuments
{
    /// <summary>Where programs are looked for.</summary>
    public const string SearchPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Variables of .NET: nothing is written in the container, so that its root may be read-only, and all cultures are alike.
    /// </summary>
    public static readonly IReadOnlyList<string> Variables = ["DOTNET_EnableDiagnostics=0", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1"];

    /// <summary>User and group of what runs.</summary>
    public static readonly string Owner = string.Create(CultureInfo.InvariantCulture, $"{HostBase.User}:{HostBase.User}");

    private const string ConfigurationType = "application/vnd.oci.image.config.v1+json";

    /// <summary>Writes <c>config.json</c> and <c>manifest.json</c>, and gives the digest of the latter.</summary>
    /// <param name="architecture">The processor, in Go's words.</param>
    /// <param name="running">How it runs.</param>
    /// <param name="layers">Its layers, the lowest first.</param>
    /// <param name="annotations">What it says of itself.</param>
    /// <param name="folder">Where they are written.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<Digest> WriteAsync(
        string architecture, ImageConfiguration.Running running, IReadOnlyList<ImageLayer> layers,
        SortedDictionary<string, string> annotations, string folder, CancellationToken cancellationToken)
    {
        var configuration = CanonicalJson.Serialize(new ImageConfiguration(
            architecture, running, DateTimeOffset.UnixEpoch, ImagePlatform.Linux,
            new([.. layers.Select(layer => layer.DiffId.ToString())])));
        var manifest = CanonicalJson.Serialize(new OciManifest(
            2, OciManifest.ManifestType, null, new(ConfigurationType, Digest.Of(configuration), configuration.Length),
            [.. layers.Select(layer => new OciDescriptor(layer.MediaType, layer.Digest, layer.Bytes))], annotations));
        await File.WriteAllBytesAsync(Path.Combine(folder, "config.json"), configuration, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "manifest.json"), manifest, cancellationToken);
        return Digest.Of(manifest);
    }
}

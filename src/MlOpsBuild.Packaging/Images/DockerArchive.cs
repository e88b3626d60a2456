using System.Formats.Tar;
using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// Writes an image as one file that is both an OCI layout and what <c>docker load</c> takes. The same image gives the same bytes.
/// </summary>
public static class DockerArchive
{
    /// <summary>Writes it.</summary>
    /// <param name="blobs">Where the image is.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="name">Its repository and tag.</param>
    /// <param name="stream">Takes the file.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="StageFailedException">A part is missing or damaged.</exception>
    public static async Task WriteAsync(
        ContentStore blobs, Digest manifest, string name, Stream stream, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(manifest, cancellationToken);
        var image = CanonicalJson.Deserialize<OciManifest>(content);
        var tag = name[(name.LastIndexOf(':') + 1)..];
        var index = OciIndex.Empty.With(tag, new(OciManifest.ManifestType, manifest, content.Length));
        await using var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var digest in image.Parts.Select(part => part.Digest)
            .Append(manifest)
            .Distinct()
            .OrderBy(digest => digest.Hex, StringComparer.Ordinal))
        {
            await using var blob = File.OpenRead(await ImageParts.PathOfAsync(blobs, digest, cancellationToken));
            await WriteAsync(writer, PathOf(digest), blob, cancellationToken);
        }

        await WriteAsync(writer, "index.json", new MemoryStream(CanonicalJson.Serialize(index)), cancellationToken);
        await WriteAsync(
            writer, "manifest.json",
            new MemoryStream(CanonicalJson.Serialize(
                (Loaded[])[new(PathOf(image.Config.Digest), [name], [.. image.Layers.Select(layer => PathOf(layer.Digest))])])),
            cancellationToken);
        await WriteAsync(writer, "oci-layout", new MemoryStream("""{"imageLayoutVersion":"1.0.0"}"""u8.ToArray()), cancellationToken);
    }

    private static string PathOf(Digest digest) => $"blobs/sha256/{digest.Hex}";

    private static ValueTask WriteAsync(TarWriter writer, string path, Stream content, CancellationToken cancellationToken) =>
        new(writer.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, path)
            {
                Mode = (UnixFileMode)0x1a4, ModificationTime = DateTimeOffset.UnixEpoch, UserName = "", GroupName = "", DataStream = content
            },
            cancellationToken));

    // What docker load looks for.
    private sealed record Loaded(
        [property: JsonPropertyName("Config")] string Config,
        [property: JsonPropertyName("RepoTags")] IReadOnlyList<string> RepoTags,
        [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);
}

using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Content;
using static System.FormattableString;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Brings the layers of an image in a registry into the store, by digest: what is not pinned is not built on.</summary>
/// <param name="client">The registry.</param>
/// <param name="blobs">The store.</param>
public sealed class BaseImage(RegistryClient client, ContentStore blobs)
{
    // An index has these where an image has layers.
    private const string Listed = "manifests";

    /// <summary>Repository and digest of <c>REF@sha256:DIGEST</c>; a tag before the digest says nothing and is left out.</summary>
    /// <exception cref="UsageException">It is not pinned.</exception>
    public static (string Address, Digest Digest) Parse(string reference)
    {
        var at = reference.LastIndexOf('@');
        if (at < 0 || !Digest.TryParse(reference[(at + 1)..], out var digest))
        {
            throw new UsageException(new Finding(
                "MLB3002", "The image to build on is not pinned", "--base-image", reference, "REF@sha256: and 64 hexadecimal digits",
                "skopeo inspect docker://REF shows its digest"));
        }

        var address = reference[..at];
        var colon = address.LastIndexOf(':');
        return (colon > address.LastIndexOf('/') ? address[..colon] : address, digest);
    }

    /// <summary>Its layers, all of them in the store.</summary>
    /// <param name="digest">An image's manifest, or a list of those for several processors.</param>
    /// <param name="architecture">The processor, in Go's words.</param>
    /// <param name="progress">Told of each layer that is loaded.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="StageFailedException">It is not there, is no image of Linux for that processor, or the registry fails.</exception>
    public async Task<IReadOnlyList<ImageLayer>> PullAsync(
        Digest digest, string architecture, IProgress<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            return await LayersAsync(digest, architecture, progress, cancellationToken);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or FormatException or InvalidOperationException
            or ArgumentOutOfRangeException)
        {
            throw Unusable(digest, Excerpt.Of(problem.Message), "the manifest and configuration of an image");
        }
    }

    private async Task<IReadOnlyList<ImageLayer>> LayersAsync(
        Digest digest, string architecture, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var manifest = await ManifestAsync(digest, architecture, cancellationToken);
        var configuration = await LoadAsync(
            Digest.Parse(Text(manifest.RootElement.GetProperty("config"), "digest")), "configuration", progress, cancellationToken);
        using var configured = JsonDocument.Parse(await File.ReadAllBytesAsync(configuration, cancellationToken));
        if (Text(configured.RootElement, "architecture") is var found && found != architecture
            || Text(configured.RootElement, "os") != "linux")
        {
            throw Unusable(digest, $"{Text(configured.RootElement, "os")}/{found}", $"linux/{architecture}");
        }

        var identifiers = configured.RootElement.GetProperty("rootfs")
            .GetProperty("diff_ids")
            .EnumerateArray()
            .Select(id => Digest.Parse(id.GetString()!))
            .ToList();
        var layers = new List<ImageLayer>();
        foreach (var (index, layer) in manifest.RootElement.GetProperty("layers").EnumerateArray().Index())
        {
            var content = Digest.Parse(Text(layer, "digest"));
            await LoadAsync(content, Invariant($"layer {index + 1}"), progress, cancellationToken);
            layers.Add(new(content, layer.GetProperty("size").GetInt64())
            {
                MediaType = OciType(Text(layer, "mediaType")), DiffId = identifiers[index]
            });
        }

        return layers;
    }

    private async Task<JsonDocument> ManifestAsync(Digest digest, string architecture, CancellationToken cancellationToken)
    {
        var content = await client.PullManifestAsync(digest.ToString(), cancellationToken)
            ?? throw Unusable(digest, "nothing", "an image in that registry");
        var manifest = JsonDocument.Parse(content);
        if (!manifest.RootElement.TryGetProperty(Listed, out var listed))
        {
            return manifest;
        }

        using (manifest)
        {
            var mine = listed.EnumerateArray().FirstOrDefault(each => each.TryGetProperty("platform", out var platform)
                && Text(platform, "architecture") == architecture
                && Text(platform, "os") == "linux");
            return mine.ValueKind == JsonValueKind.Undefined
                ? throw Unusable(digest, "a list without it", $"linux/{architecture}")
                : await ManifestAsync(Digest.Parse(Text(mine, "digest")), architecture, cancellationToken);
        }
    }

    private async Task<string> LoadAsync(Digest digest, string what, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var path = blobs.PathOf(digest);
        if (await blobs.IsUnchangedAsync(digest, cancellationToken))
        {
            return path;
        }

        progress.Report($"base image: {what}, {digest.Abbreviated}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return await client.TryPullBlobAsync(digest, path, cancellationToken)
            ? path
            : throw Unusable(digest, "nothing", $"the {what} in that registry");
    }

    // Docker's names for the same bytes.
    private static string OciType(string type) => type switch
    {
        "application/vnd.docker.image.rootfs.diff.tar.gzip" => "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.docker.image.rootfs.diff.tar" => "application/vnd.oci.image.layer.v1.tar",
        _ => type,
    };

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private StageFailedException Unusable(Digest digest, string value, string expected) => new(new(
        "MLB3003", "The image cannot be built on", $"{client.Address}@{digest}", value, expected, "name another one with --base-image"));
}

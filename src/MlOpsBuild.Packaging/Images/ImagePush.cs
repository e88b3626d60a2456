using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Attestations;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Packaging.Registry;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Sends images to a registry as they are: an engine that pushes changes their digests.</summary>
/// <param name="client">The registry.</param>
/// <param name="blobs">Where the images are.</param>
public sealed class ImagePush(RegistryClient client, ContentStore blobs)
{
    /// <summary>Sends what the registry does not have, and then names it.</summary>
    /// <param name="image">The image's manifest.</param>
    /// <param name="attached">What is attached to it.</param>
    /// <param name="tag">Its tag there.</param>
    /// <param name="progress">Told of each part that is sent.</param>
    /// <param name="cancellationToken">Ends the transfer; the tag is not moved then.</param>
    /// <returns>How many parts travelled.</returns>
    /// <exception cref="StageFailedException">A part is missing here, or the registry refuses or fails.</exception>
    public async Task<int> SendAsync(
        Digest image, ImageAttachments attached, string tag, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (content, sent) = await SendPartsAsync(image, progress, cancellationToken);
        await client.PushManifestAsync(image.ToString(), content, OciManifest.ManifestType, cancellationToken);
        var referrers = new List<OciDescriptor>();
        foreach (var digest in attached.Documents)
        {
            var (manifest, more) = await SendPartsAsync(digest, progress, cancellationToken);
            await client.PushManifestAsync(digest.ToString(), manifest, OciManifest.ManifestType, cancellationToken);
            referrers.Add(new(
                OciManifest.ManifestType, digest, manifest.Length,
                ArtifactType: CanonicalJson.Deserialize<OciManifest>(manifest).ArtifactType));
            sent += more;
        }

        sent += await SendSignedAsync(attached, progress, cancellationToken);

        if (referrers.Count > 0)
        {
            await ReferAsync(image, referrers, cancellationToken);
        }

        await client.PushManifestAsync(tag, content, OciManifest.ManifestType, cancellationToken);
        return sent;
    }

    /// <summary>Sends a list of images that were sent.</summary>
    /// <param name="list">The list.</param>
    /// <param name="attached">What is signed of it.</param>
    /// <param name="tag">Its tag there.</param>
    /// <param name="progress">Told of each part that is sent.</param>
    /// <param name="cancellationToken">Ends the transfer; the tag is not moved then.</param>
    /// <returns>How many parts travelled.</returns>
    /// <exception cref="StageFailedException">A part is missing here, or the registry refuses or fails.</exception>
    public async Task<int> SendListAsync(
        Digest list, ImageAttachments attached, string tag, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(list, cancellationToken);
        await client.PushManifestAsync(list.ToString(), content, OciIndex.Empty.MediaType, cancellationToken);
        var sent = await SendSignedAsync(attached, progress, cancellationToken);
        await client.PushManifestAsync(tag, content, OciIndex.Empty.MediaType, cancellationToken);
        return sent;
    }

    private async Task<int> SendSignedAsync(ImageAttachments attached, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var (place, digest) in attached.Signatures)
        {
            var (manifest, more) = await SendPartsAsync(digest, progress, cancellationToken);
            await client.PushManifestAsync(place, manifest, OciManifest.ManifestType, cancellationToken);
            sent += more;
        }

        return sent;
    }

    private async Task<(byte[] Manifest, int Sent)> SendPartsAsync(
        Digest digest, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(digest, cancellationToken);
        var (manifest, sent) = (CanonicalJson.Deserialize<OciManifest>(content), 0);
        foreach (var part in manifest.Parts)
        {
            if (await client.PushBlobAsync(
                part.Digest, await ImageParts.PathOfAsync(blobs, part.Digest, cancellationToken), null, cancellationToken))
            {
                progress.Report(FormattableString.Invariant($"sent {part.Digest.Abbreviated}, {part.Size / 1e6:0.0} MB"));
                sent++;
            }
        }

        return (content, sent);
    }

    // Registries without the referrers API list what is attached under a tag made of the digest (distribution specification
    // 1.1); what others attached stays.
    private async Task ReferAsync(Digest image, IReadOnlyList<OciDescriptor> referrers, CancellationToken cancellationToken)
    {
        var tag = $"sha256-{image.Hex}";
        var known = await client.PullManifestAsync(tag, cancellationToken) is { } before
            && CanonicalJson.TryDeserialize<OciIndex>(before) is { } index
            ? index.Manifests
            : [];
        var all = OciIndex.Empty with
        {
            Manifests = [.. known.Where(other => referrers.All(mine => mine.ArtifactType != other.ArtifactType)), .. referrers]
        };
        await client.PushManifestAsync(tag, CanonicalJson.Serialize(all), all.MediaType, cancellationToken);
    }
}

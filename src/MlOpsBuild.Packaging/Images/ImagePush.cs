using MlOpsBuild.Core;
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
    /// <param name="tag">Its tag there.</param>
    /// <param name="progress">Told of each part that is sent.</param>
    /// <param name="cancellationToken">Ends the transfer; the tag is not moved then.</param>
    /// <returns>How many parts travelled.</returns>
    /// <exception cref="StageFailedException">A part is missing here, or the registry refuses or fails.</exception>
    public async Task<int> SendAsync(Digest image, string tag, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var content = await blobs.ReadAsync(image, cancellationToken);
        var manifest = CanonicalJson.Deserialize<OciManifest>(content);
        var sent = 0;
        foreach (var part in manifest.Layers.Append(manifest.Config))
        {
            if (!await blobs.EnsureAsync(part.Digest, cancellationToken))
            {
                throw new StageFailedException(new("A part of the image is missing or damaged", blobs.PathOf(part.Digest), part.Digest.ToString(), "its content", "package the model again"));
            }

            if (await client.PushBlobAsync(part.Digest, blobs.PathOf(part.Digest), null, cancellationToken))
            {
                progress.Report(FormattableString.Invariant($"sent {part.Digest.Abbreviated}, {part.Size / 1e6:0.0} MB"));
                sent++;
            }
        }

        await client.PushManifestAsync(tag, content, OciManifest.ManifestType, cancellationToken);
        return sent;
    }
}

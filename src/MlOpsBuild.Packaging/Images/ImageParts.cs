using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Parts of an image that are to leave the store.</summary>
internal static class ImageParts
{
    /// <summary>Where a part's content lies, once it is known to be whole.</summary>
    /// <exception cref="StageFailedException">It is missing or damaged.</exception>
    public static async Task<string> PathOfAsync(ContentStore blobs, Digest part, CancellationToken cancellationToken) =>
        await blobs.EnsureAsync(part, cancellationToken) ? blobs.PathOf(part)
            : throw new StageFailedException(new(
                "MLB3008", "A part of the image is missing or damaged", blobs.PathOf(part), part.ToString(), "its content",
                "package the model again"));
}

using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Images;
using MlOpsBuild.Packaging.Registry;

namespace MlOpsBuild.Components.Flow;

/// <summary>How an image is made.</summary>
/// <param name="Base">The image to build on, <c>REF@sha256:DIGEST</c>; null for this machine's C library.</param>
/// <param name="Platforms">The machines that one is made for each.</param>
internal sealed record ImageChoices(string? Base, IReadOnlyList<ImagePlatform> Platforms)
{
    /// <summary>Choices that were looked at before anything is made.</summary>
    /// <exception cref="UsageException">The image to build on is not pinned, or there is no such platform.</exception>
    public static ImageChoices Of(string? reference, IReadOnlyCollection<string> platforms)
    {
        if (reference != null)
        {
            _ = RegistryAddress.Parse(BaseImage.Parse(reference).Address);
        }

        return new(reference, ImagePlatform.Parse(platforms));
    }
}

using System.Globalization;

namespace MlOpsBuild.Packaging.Images;

/// <summary>How images are called.</summary>
public static class ImageName
{
    /// <summary>Repository and tag of a version's image: the pipeline's name in lower case, <c>bikedemand:v3</c>.</summary>
    public static string Of(string pipeline, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{RepositoryOf(pipeline)}:v{version}");

    /// <summary>
    /// That of a version's image for a platform: this machine's has the usual name, others say their processor, <c>bikedemand:v3-arm64</c>.
    /// </summary>
    public static string Of(string pipeline, int version, ImagePlatform platform) => Of(pipeline, version) + platform.Suffix;

    /// <summary>That of the list of a version's images, where there are several: <c>bikedemand:v3-all</c>.</summary>
    public static string OfAll(string pipeline, int version) => Of(pipeline, version) + "-all";

    /// <summary>The repository of a pipeline's images: names of repositories have no capital letters.</summary>
    public static string RepositoryOf(string pipeline) => pipeline.ToLowerInvariant();
}

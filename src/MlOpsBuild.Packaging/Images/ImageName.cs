using System.Globalization;

namespace MlOpsBuild.Packaging.Images;

/// <summary>How images are called.</summary>
public static class ImageName
{
    /// <summary>Repository and tag of a version's image: the pipeline's name in lower case, <c>bikedemand:v3</c>.</summary>
    public static string Of(string pipeline, int version) => string.Create(CultureInfo.InvariantCulture, $"{RepositoryOf(pipeline)}:v{version}");

    /// <summary>The repository of a pipeline's images: names of repositories have no capital letters.</summary>
    public static string RepositoryOf(string pipeline) => pipeline.ToLowerInvariant();
}

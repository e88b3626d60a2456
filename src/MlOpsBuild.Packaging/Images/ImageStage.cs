using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Images;

/// <summary>
/// Writes an image's configuration and manifest; its layers are in the store already. The same input gives the same digest.
/// </summary>
public sealed class ImageStage(ImagePlatform platform) : Stage<ImageInput, Digest>
{
    /// <summary>Folder of the model in the image.</summary>
    public const string ModelFolder = "model";

    /// <summary>Folder of the server in the image.</summary>
    public const string ServerFolder = "app";

    /// <summary>Number of the user, and of the group, that the server runs as.</summary>
    public const int User = HostBase.User;

    /// <inheritdoc />
    public override string Name => "image" + platform.Suffix;

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(ImageInput input) =>
    [
        StageInput.Of("pipeline", input.Pipeline),
        new("version", input.Version.ToString(CultureInfo.InvariantCulture)),
        new("bundle", input.Bundle.ToString()),
        StageInput.Of("layers", input.Layers),
        StageInput.Of("command", input.Command),
        new("architecture", input.Architecture),
        new("port", input.Port.ToString(CultureInfo.InvariantCulture)),
        StageInput.Of("variables", input.Variables),
        StageInput.Of(
            "annotations", input.Annotations.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")),
    ];

    /// <inheritdoc />
    public override async Task<Digest> RunAsync(
        ImageInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> annotations = new(input.Annotations.ToDictionary(), StringComparer.Ordinal)
        {
            [OciAnnotation.Title] = input.Pipeline,
            [OciAnnotation.Version] = string.Create(CultureInfo.InvariantCulture, $"v{input.Version}"),
            ["dev.mlopsbuild.bundle"] = input.Bundle.ToString(),
        };
        return await ImageDocuments.WriteAsync(
            input.Architecture, Running(input, annotations), input.Layers, annotations, outputDirectory, cancellationToken);
    }

    // Nothing is written in the container, so that its root may be read-only: no diagnostic pipe, and all cultures alike.
    private static ImageConfiguration.Running Running(ImageInput input, SortedDictionary<string, string> labels) => new(
        ["contain", $"/{ModelFolder}/server.json"],
        input.Command,
        [.. ImageDocuments.Variables, "DOTNET_TieredPGO=0", "DOTNET_gcServer=0", .. input.Variables, ImageDocuments.SearchPath],
        new(StringComparer.Ordinal) { [string.Create(CultureInfo.InvariantCulture, $"{input.Port}/tcp")] = new object() },
        new(["CMD", .. input.Command, "health"], Nanoseconds(10), Nanoseconds(5), Nanoseconds(5), 3),
        labels, "SIGTERM", ImageDocuments.Owner, "/");

    private static long Nanoseconds(int seconds) => seconds * 1_000_000_000L;
}

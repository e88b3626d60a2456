using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Oci;

namespace MlOpsBuild.Packaging.Images;

/// <summary>Writes the configuration and the manifest of a worker's image; its layers are in the store already.</summary>
public sealed class WorkerImageStage : Stage<WorkerImageInput, Digest>
{
    /// <summary>Folder of the build program in the image.</summary>
    public const string ProgramFolder = "app";

    /// <inheritdoc />
    public override string Name => "worker-image";

    /// <inheritdoc />
    public override IReadOnlyList<StageInput> Key(WorkerImageInput input) =>
    [
        StageInput.Of("layers", input.Layers),
        StageInput.Of("command", input.Command),
        new("architecture", input.Architecture),
    ];

    /// <inheritdoc />
    public override Task<Digest> RunAsync(
        WorkerImageInput input, string outputDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        SortedDictionary<string, string> labels = new(StringComparer.Ordinal) { [OciAnnotation.Title] = "stages of a build" };
        var running = new ImageConfiguration.Running(
            [], input.Command, [.. ImageDocuments.Variables, ImageDocuments.SearchPath], [], null, labels, "SIGTERM", ImageDocuments.Owner,
            "/");
        return ImageDocuments.WriteAsync(input.Architecture, running, input.Layers, labels, outputDirectory, cancellationToken);
    }
}

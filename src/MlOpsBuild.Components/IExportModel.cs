using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;
using MlOpsBuild.Packaging.Images;

namespace MlOpsBuild.Components;

/// <summary>Writes a registered model in a form that others read.</summary>
public interface IExportModel : IHazModelVersion, IHazPlatforms
{
    /// <summary>Where the file goes.</summary>
    [Parameter("With ExportOnnx, SaveImage and GenerateManifests: the file to write; .mlops/exports/PIPELINE-vN.onnx, .tar or .yaml by default")]
    AbsolutePath? To => TryGetValue(() => To);

    /// <summary>Writes a registered model as ONNX.</summary>
    Target ExportOnnx => _ => _
        .Description(
            "Writes the model of --model-version, of what serves, or else the newest one, as ONNX; scores both and refuses a difference")
        .Example("ExportOnnx --model-version 3 --to v3.onnx", "a registered version")
        .ReadsState(this, async (session, ct) =>
        {
            RequireOnePipeline("--to", To);
            foreach (var pipeline in PickedNames)
            {
                await ExportFlow.ExportOnnxAsync(session, pipeline, ModelVersion, To, ct);
            }
        });

    /// <summary>Writes a version's container image as one file.</summary>
    Target SaveImage => _ => _
        .Description("Writes the container image of --model-version, of what serves, or else the newest one, to one file that docker load, podman load and skopeo take")
        .Example("SaveImage --model-version 3 --to v3.tar", "then: docker load -i v3.tar")
        .ReadsState(this, async (session, ct) =>
        {
            RequireOnePipeline("--to", To);
            var platforms = ImagePlatform.Parse(Platforms ?? []);
            if (To != null && platforms.Count > 1)
            {
                throw new UsageException(new Finding(
                    "MLB7067", "One file is not for several kinds of machines", "--to", To, "--platforms with one of them", "say which"));
            }

            foreach (var pipeline in PickedNames)
            {
                var version = await ExportFlow.VersionAsync(session, pipeline, ModelVersion, ct);
                foreach (var platform in platforms)
                {
                    await ImageTransfer.SaveAsync(session, pipeline, version, platform, To, ct);
                }
            }
        });
}

using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Writes a registered model in a form that others read.</summary>
public interface IExportModel : IHazModelVersion
{
    /// <summary>Where the file goes.</summary>
    [Parameter("With ExportOnnx and SaveImage: the file to write; .mlops/exports/PIPELINE-vN.onnx or .tar by default")]
    AbsolutePath? To => TryGetValue(() => To);

    /// <summary>Writes a registered model as ONNX.</summary>
    Target ExportOnnx => _ => _
        .Description("Writes the model of --model-version, of what serves, or else the newest one, as ONNX; scores both and refuses a difference")
        .Looks(this, async (session, ct) =>
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
        .Looks(this, async (session, ct) =>
        {
            RequireOnePipeline("--to", To);
            foreach (var pipeline in PickedNames)
            {
                await ImageFlow.SaveAsync(session, pipeline, await ExportFlow.VersionAsync(session, pipeline, ModelVersion, ct), To, ct);
            }
        });
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Store.Versions;
using YamlDotNet.Serialization;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>
/// A version's model as a folder that MLflow's clients know: <c>MLmodel</c>, our <c>model.json</c>, and the ONNX file where the model is
/// one, or has that form and the exporter is beside the build.
/// </summary>
internal static class ModelFolder
{
    /// <summary>The folder's name below the run.</summary>
    public const string Name = "model";

    /// <summary>Its files.</summary>
    /// <param name="pipeline">Whose version it is.</param>
    /// <param name="version">The version.</param>
    /// <param name="model">The model as the store has it.</param>
    /// <param name="run">The server's name of the run that made it.</param>
    public static IReadOnlyDictionary<string, byte[]> Of(string pipeline, ModelVersion version, byte[] model, string run)
    {
        var flavours = new SortedDictionary<string, object>(StringComparer.Ordinal)
        {
            ["mlops"] = new Dictionary<string, object> { ["data"] = "model.json", ["pipeline"] = pipeline, ["version"] = version.Number },
        };
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["model.json"] = model };
        if (OnnxOf(model) is { } onnx)
        {
            files["model.onnx"] = onnx;
            flavours["onnx"] = new Dictionary<string, object?>
            {
                ["code"] = null, ["data"] = "model.onnx", ["providers"] = new[] { "CPUExecutionProvider" },
                ["save_as_external_data"] = false,
            };
        }

        files["MLmodel"] = Encoding.UTF8.GetBytes(new SerializerBuilder().WithNewLine("\n").Build().Serialize(
            new Dictionary<string, object>
            {
                ["artifact_path"] = Name, ["flavors"] = flavours, ["model_uuid"] = version.Bundle.Hex[..32], ["run_id"] = run,
                ["utc_time_created"] = version.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            }));
        return files;
    }

    private static byte[]? OnnxOf(byte[] model)
    {
        try
        {
            return CanonicalJson.Deserialize<TrainedModel>(model) switch
            {
                OnnxModel given => given.File,
                ForeignModel => null,
                var ours => ForeignLibrary.Load<IModelExporter>(OnnxModel.Library).Export(ours),
            };
        }
        catch (Exception none) when (none is FindingsException or JsonException or NotSupportedException)
        {
            // No exporter beside the build, or no such form: the model goes as ours alone.
            return null;
        }
    }
}

using System.Text;
using MlOpsBuild.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MlOpsBuild.Tracking.Models;

/// <summary>What a registered model's <c>MLmodel</c> says of it.</summary>
internal static class ModelDescription
{
    /// <summary>The path of the ONNX file, below the model.</summary>
    /// <param name="text">The description.</param>
    /// <param name="model">Whose it is, for errors.</param>
    /// <exception cref="StageFailedException">It is of another kind, or cannot be read.</exception>
    public static string OnnxFile(byte[] text, string model)
    {
        var flavours = Child(Read(text, model), "flavors") as YamlMappingNode;
        var onnx = Child(flavours, "onnx") as YamlMappingNode;
        var file = (Child(onnx, "data") as YamlScalarNode)?.Value ?? "model.onnx";
        if (onnx == null || file.Split('/').Contains("..") || file.StartsWith('/'))
        {
            throw new StageFailedException(new Finding(
                "MLB4054", "The registered model is no ONNX file", model,
                string.Join(", ", (flavours?.Children.Keys ?? []).Select(name => Excerpt.Line(name.ToString()))),
                "the flavour onnx, with the path of its file", "log it with mlflow.onnx.log_model, and name that version"));
        }

        return file;
    }

    private static YamlMappingNode? Read(byte[] text, string model)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Encoding.UTF8.GetString(text)));
            return yaml.Documents.Count == 1 ? yaml.Documents[0].RootNode as YamlMappingNode : null;
        }
        catch (YamlException problem)
        {
            throw new StageFailedException(new Finding(
                "MLB4055", "The registered model's description cannot be read", $"{model}, MLmodel", Excerpt.Line(problem.Message),
                "YAML as MLflow writes it", "register the model once more"));
        }
    }

    private static YamlNode? Child(YamlMappingNode? node, string name) =>
        node != null && node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}

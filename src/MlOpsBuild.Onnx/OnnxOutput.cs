using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Onnx;

/// <summary>Finds the prediction among an ONNX file's outputs, and reads it.</summary>
/// <param name="Name">The output with it.</param>
/// <param name="Label">The output that names the class; null where there is none.</param>
/// <param name="Model">What the file is for.</param>
internal sealed record OnnxOutput(string Name, string? Label, OnnxModel Model)
{
    /// <summary>The outputs of a task: numbers; or probabilities of classes, as numbers or by name.</summary>
    /// <exception cref="StageFailedException">There is no such output.</exception>
    public static OnnxOutput Of(OnnxModel model, IReadOnlyDictionary<string, NodeMetadata> outputs)
    {
        var label = outputs
            .Where(output => output.Value is { IsTensor: true, ElementDataType: TensorElementType.String or TensorElementType.Int64 })
            .Select(output => output.Key)
            .FirstOrDefault();
        var found = outputs.Where(output => Suits(model.Classes, output.Value)).Select(output => output.Key).FirstOrDefault();
        return found == null
            ? throw new StageFailedException(new Finding(
                "MLB2309", "The ONNX file does not predict this task", "outputs", string.Join(", ", outputs.Select(
                    output => $"{output.Key}: {(output.Value.IsTensor ? output.Value.ElementDataType.ToString() : output.Value.OnnxValueType.ToString())}")),
                model.Classes == null
                    ? "a number for each row: float or double, [rows, 1]"
                    : $"probabilities of {string.Join(", ", model.Classes.Names)}: float or double, [rows, classes], or a map by class",
                "export it for this task"))
            : new(found, model.Classes == null ? null : label, model);
    }

    /// <summary>The prediction in the outputs of a run.</summary>
    /// <param name="outputs">By name.</param>
    public Prediction Read(IReadOnlyDictionary<string, OrtValue> outputs)
    {
        var value = outputs[Name];
        if (Model.Classes == null)
        {
            return Numbers(value) is [var number, ..] ? number : throw Broken("no number");
        }

        var each = value.OnnxType == OnnxValueType.ONNX_TYPE_SEQUENCE ? ByName(value) : Numbers(value);
        return (Model.Classes.IsBinary, each.Length) switch
        {
            (true, 2) => new(each[1]),
            (true, 1) => new(each[0]),
            (false, var count) when count == Model.Classes.Names.Count => new(each),
            _ => throw Broken(string.Create(CultureInfo.InvariantCulture, $"{each.Length} probabilities")),
        };
    }

    /// <summary>The class that the file itself names; null where it names none of ours.</summary>
    public int? ClassOf(IReadOnlyDictionary<string, OrtValue> outputs) => Label == null ? null : Model.Classes!.IndexOf(
        outputs[Label].GetTensorTypeAndShape().ElementDataType == TensorElementType.String
            ? outputs[Label].GetStringTensorAsArray()[0]
            : outputs[Label].GetTensorDataAsSpan<long>()[0].ToString(CultureInfo.InvariantCulture));

    private static bool Suits(ClassSet? classes, NodeMetadata output) => output.OnnxValueType == OnnxValueType.ONNX_TYPE_SEQUENCE
        ? classes != null
        : output is { IsTensor: true, ElementDataType: TensorElementType.Float or TensorElementType.Double }
            && (output.Dimensions.Skip(1).LastOrDefault() is var last && (last <= 0 || last == 1 || last == (classes?.Names.Count ?? 1)));

    private static double[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Double
        ? value.GetTensorDataAsSpan<double>().ToArray()
        : [.. value.GetTensorDataAsSpan<float>().ToArray().Select(number => (double)number)];

    // A list with a map for each row: what scikit-learn's converter writes.
    private double[] ByName(OrtValue list)
    {
        var allocator = OrtAllocator.DefaultInstance;
        using var row = list.GetValue(0, allocator);
        using var keys = row.GetValue(0, allocator);
        using var values = row.GetValue(1, allocator);
        var names = keys.GetTensorTypeAndShape().ElementDataType == TensorElementType.String
            ? keys.GetStringTensorAsArray()
            : [.. keys.GetTensorDataAsSpan<long>().ToArray().Select(key => key.ToString(CultureInfo.InvariantCulture))];
        var (numbers, each) = (Numbers(values), new double[Model.Classes!.Names.Count]);
        foreach (var (position, name) in names.Index())
        {
            each[Model.Classes.IndexOf(name) ?? throw Broken($"the class {name}, of {string.Join(", ", names)}")] = numbers[position];
        }

        return each;
    }

    private StageFailedException Broken(string what) => new(new Finding(
        "MLB2309", "The ONNX file does not predict this task", $"output {Name}", what,
        Model.Classes == null ? "a number" : $"probabilities of {string.Join(", ", Model.Classes.Names)}", "export it for this task"));
}

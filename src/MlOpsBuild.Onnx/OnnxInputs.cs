using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Onnx;

/// <summary>Checks an ONNX file's inputs against a model's fields and features, and fills them.</summary>
internal static class OnnxInputs
{
    /// <summary>One feed for each input: the fields by their names, or the declared features as one row of numbers.</summary>
    /// <exception cref="StageFailedException">They do not go together; all problems at once.</exception>
    public static IReadOnlyList<OnnxFeed> Of(OnnxModel model, IReadOnlyDictionary<string, NodeMetadata> inputs)
    {
        var fields = model.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var findings = new List<Finding>();
        List<OnnxFeed> feeds = inputs.Count == 1 && !fields.Contains(inputs.Keys.Single())
            ? [Row(model, inputs.Keys.Single(), inputs.Values.Single(), findings)]
            : [.. inputs.Select(input => Named(model, input.Key, input.Value, findings))];
        return findings.Count == 0
            ? feeds
            : throw new StageFailedException("The ONNX file does not take what this pipeline has", findings, Verdict.Error);
    }

    private static OnnxFeed Row(OnnxModel model, string name, NodeMetadata input, List<Finding> findings)
    {
        var (width, wanted) = (model.Transform.Width, input.IsTensor && input.Dimensions.Length == 2 ? input.Dimensions[1] : 0);
        if (!input.IsTensor
            || input.ElementDataType is not (TensorElementType.Float or TensorElementType.Double)
            || input.Dimensions.Length != 2)
        {
            findings.Add(new(
                "MLB2305", "The input is no row of numbers", $"input {name}", Describe(input),
                $"float or double, [rows, {width}]; or inputs with the names of fields", "export it with such an input"));
        }
        else if (wanted > 0 && wanted != width)
        {
            findings.Add(new(
                "MLB2306", "The input has another width", $"input {name}", string.Create(CultureInfo.InvariantCulture, $"{wanted} numbers"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{width}, as .Features(…) makes them: {string.Join(", ", model.Transform.Terms.SelectMany(term => term.Names).Take(30))}"),
                "declare the features it was trained on, in its order"));
        }

        long[] shape = [1, width];
        return new(name, input.ElementDataType == TensorElementType.Double
            ? row =>
            {
                var design = new double[width];
                model.Transform.Write(row, design);
                return OrtValue.CreateTensorValueFromMemory(design, shape);
            }
            : row =>
            {
                var design = new float[width];
                model.Transform.Write(row, design);
                return OrtValue.CreateTensorValueFromMemory(design, shape);
            });
    }

    private static OnnxFeed Named(OnnxModel model, string name, NodeMetadata input, List<Finding> findings)
    {
        var index = model.Fields.ToList().FindIndex(field => field.Name == name);
        if (index < 0)
        {
            findings.Add(new(
                "MLB2307", "The ONNX file wants a field that the pipeline does not give", $"input {name}", Describe(input),
                string.Join(", ", model.Fields.Select(field => field.Name)),
                "declare a feature of that column, or give the property [Column] with this name"));
            return new(name, _ => throw new InvalidOperationException());
        }

        var field = model.Fields[index];
        var shape = input.IsTensor && input.Dimensions.Length == 1 ? new long[] { 1 } : [1, 1];
        OnnxFeed.Maker? make = !input.IsTensor || input.Dimensions.Skip(1).Any(dimension => dimension > 1)
            ? null
            : (input.ElementDataType, field.Kind) switch
            {
                (TensorElementType.String, FieldKind.Category or FieldKind.Text) => row => Texts(row.TextOf(field, index), shape),
                (TensorElementType.Float, not (FieldKind.Category or FieldKind.Text)) =>
                    row => OrtValue.CreateTensorValueFromMemory([(float)row[index]], shape),
                (TensorElementType.Double, not (FieldKind.Category or FieldKind.Text)) =>
                    row => OrtValue.CreateTensorValueFromMemory([row[index]], shape),
                (TensorElementType.Int64, FieldKind.Whole or FieldKind.Flag) when !field.Optional =>
                    row => OrtValue.CreateTensorValueFromMemory([(long)row[index]], shape),
                (TensorElementType.Int32, FieldKind.Whole or FieldKind.Flag) when !field.Optional =>
                    row => OrtValue.CreateTensorValueFromMemory([(int)row[index]], shape),
                (TensorElementType.Bool, FieldKind.Flag) when !field.Optional =>
                    row => OrtValue.CreateTensorValueFromMemory([row[index] != 0], shape),
                _ => null,
            };
        if (make == null)
        {
            findings.Add(new(
                "MLB2308", "An input means something else than its field", $"input {name}", Describe(input),
                $"{field.Describe()}{(field.Optional ? ", which may be missing" : "")}, in a tensor [rows, 1]",
                "export it with an input of that type"));
        }

        return new(name, make ?? (_ => throw new InvalidOperationException()));
    }

    private static OrtValue Texts(string text, long[] shape)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        value.StringTensorSetElementAt(text.AsSpan(), 0);
        return value;
    }

    private static string Describe(NodeMetadata input) => input.IsTensor
        ? $"{input.ElementDataType} [{string.Join(", ", input.Dimensions.Select(dimension => dimension < 0 ? "?" : dimension.ToString(CultureInfo.InvariantCulture)))}]"
        : input.OnnxValueType.ToString();
}

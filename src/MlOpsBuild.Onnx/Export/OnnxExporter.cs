using MlOpsBuild.Core;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Foreign;

namespace MlOpsBuild.Onnx.Export;

/// <summary>
/// Writes our models as ONNX (opset 17, ai.onnx.ml 3): the fields are inputs by their names, numbers as double [rows, 1], dates as days
/// since 0001-01-01, categories as texts; what is missing is NaN or an empty text.
/// </summary>
public sealed class OnnxExporter : IModelExporter
{
    /// <inheritdoc />
    public byte[] Export(TrainedModel model)
    {
        if (model.Calibrated != null)
        {
            throw new StageFailedException(new Finding(
                "MLB2301", "The model has no form in ONNX", "ExportOnnx", "its probabilities are calibrated",
                "a linear model, trees or a generalised additive model", "train one of these"));
        }

        var graph = new OnnxGraph();
        var answer = model switch
        {
            LinearModel linear => Linear(graph, linear),
            SoftmaxModel softmax => graph.Apply(
                "Softmax", [Affine(graph, Design(graph, softmax.Fields, softmax.Transform), softmax.Intercepts, softmax.Coefficients)],
                OnnxAttribute.Of("axis", 1)),
            SinglePrecisionModel single => Single(graph, single),
            _ => throw new StageFailedException(new Finding(
                "MLB2301", "The model has no form in ONNX", "ExportOnnx", model.GetType().Name,
                "a linear model, trees or a generalised additive model", "train one of these")),
        };
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["target"] = model.Target };
        if (model.Classes is not { } classes)
        {
            return graph.ToModel(Clamped(graph, answer, model.Range), "prediction", 1, facts);
        }

        facts["classes"] = string.Join(", ", classes.Names);
        return graph.ToModel(
            classes.IsBinary ? graph.Beside([graph.Apply("Sub", [graph.Constant([1.0], 1, 1), answer]), answer]) : answer, "probabilities",
            classes.Names.Count, facts);
    }

    /// <inheritdoc />
    public ForeignModel Read(TrainedModel model, byte[] file) => new OnnxModel
    {
        Target = model.Target, Classes = model.Classes, Range = model.Range, Fields = model.Fields, File = file, Transform = new([])
    };

    private static string Design(OnnxGraph graph, IReadOnlyList<Core.Fields.FieldRule> fields, FeatureTransform transform) =>
        new TransformExport(graph, fields).Write(transform);

    private static string Affine(OnnxGraph graph, string design, double[] intercepts, IReadOnlyList<double[]> coefficients)
    {
        double[] weights = [.. Enumerable.Range(0, coefficients[0].Length)
            .SelectMany(column => coefficients.Select(output => output[column]))];
        return graph.Apply(
            "Add",
            [
                graph.Apply("MatMul", [design, graph.Constant(weights, coefficients[0].Length, coefficients.Count)]),
                graph.Constant(intercepts, 1, intercepts.Length)
            ]);
    }

    private static string Linear(OnnxGraph graph, LinearModel model)
    {
        var sum = Affine(graph, Design(graph, model.Fields, model.Transform), [model.Intercept], [model.Coefficients]);
        return model.Classes == null ? Undone(graph, sum, model.Scale) : graph.Apply("Sigmoid", [sum]);
    }

    private static string Single(OnnxGraph graph, SinglePrecisionModel model)
    {
        var design = graph.Cast(graph.Cast(Design(graph, model.Fields, model.Transform), OnnxGraph.Single), OnnxGraph.Double);
        var scores = model is TreesModel trees ? TreesExport.Write(graph, trees, design) : Steps(graph, (GamModel)model, design);
        if (model.Classes == null)
        {
            return Undone(graph, scores, model.Scale);
        }

        var calibrations = model is TreesModel told
            ? told.Outputs.Select(output => output.Calibration).ToList()
            : [.. ((GamModel)model).Outputs.Select(output => output.Calibration)];
        var each = calibrations.All(calibration => calibration == null)
            ? graph.Apply("Clip", [scores, graph.Constant([0.0], []), graph.Constant([1.0], [])])
            : graph.Apply("Sigmoid", [graph.Apply("Neg", [graph.Apply("Add", [
                graph.Apply(
                    "Mul", [scores, graph.Constant([.. calibrations.Select(calibration => calibration!.Slope)], 1, calibrations.Count)]),
                graph.Constant([.. calibrations.Select(calibration => calibration!.Offset)], 1, calibrations.Count)
            ])])]);
        return model.Classes.IsBinary ? each : graph.Apply("Div", [each, graph.RowSum(each)]);
    }

    private static string Steps(OnnxGraph graph, GamModel model, string design) => graph.Beside([.. model.Outputs.Select(output =>
    {
        var sum = graph.Constant([output.Bias], 1, 1);
        foreach (var steps in output.Steps)
        {
            // A missing value is above no bound, hence in the first bin.
            var above = graph.Cast(
                graph.Apply(
                    "Greater", [Column(graph, design, steps.Column), graph.Constant(steps.UpperBounds, 1, steps.UpperBounds.Length)]),
                OnnxGraph.Double);
            var bin = graph.Apply(
                "Clip", [graph.RowSum(above), graph.Constant([0.0], []), graph.Constant([steps.Effects.Length - 1.0], [])]);
            sum = graph.Apply(
                "Add",
                [sum, graph.Apply("Gather", [graph.Constant(steps.Effects, steps.Effects.Length), graph.Cast(bin, OnnxGraph.Whole)])]);
        }

        return graph.Cast(graph.Cast(sum, OnnxGraph.Single), OnnxGraph.Double);
    })]);

    private static string Column(OnnxGraph graph, string design, int column) =>
        graph.Apply("Gather", [design, graph.Constant((long)column)], OnnxAttribute.Of("axis", 1));

    private static string Undone(OnnxGraph graph, string score, TargetTransform scale) => scale == TargetTransform.Identity
        ? score
        : graph.Apply("Max", [graph.Apply("Sub", [graph.Apply("Exp", [score]), graph.Constant([1.0], 1, 1)]), graph.Constant([0.0], 1, 1)]);

    private static string Clamped(OnnxGraph graph, string answer, LabelRange? range) => range is { Clamps: true }
        ? graph.Apply("Clip", [answer, graph.Constant([range.Minimum ?? double.NegativeInfinity], []), graph.Constant(
            [range.Maximum ?? double.PositiveInfinity], [])])
        : answer;
}

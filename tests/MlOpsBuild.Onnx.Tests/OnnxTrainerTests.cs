using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Onnx.Export;
using MlOpsBuild.Onnx.Export.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Onnx.Tests;

/// <summary>A given file as the model: what it takes and gives is checked before anything is tested or served.</summary>
public sealed class OnnxTrainerTests : IDisposable
{
    private static readonly FeatureSpec[] Two = [new NumberFeature("Hour"), new OneHotFeature("Flag")];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Fields_by_their_names_are_taken_as_they_are()
    {
        var ours = OnnxExporterTests.Trained("fast-tree", "three", MixedRows.Features, TargetTransform.Identity);
        var model = Taken(new OnnxExporter().Export(ours), "three", MixedRows.Features);

        var table = MixedRows.Table(200, 3, "three");
        foreach (var row in FieldRows.Of(table, model.Fields))
        {
            for (var position = 0; position < 3; position++)
            {
                model.Predict(new InputRow(row))[position].ShouldBe(ours.Predict(new InputRow(row))[position], 1e-6);
            }
        }
    }

    [Fact]
    public void One_row_of_numbers_is_what_the_features_make()
    {
        var graph = new OnnxGraph();
        var model = Taken(Rows(graph, "X", 3, graph.Apply("MatMul", ["X", graph.Constant([1.0, 10, 100], 3, 1)])), "number", Two);

        model.Predict([7, 1.0]).Value.ShouldBe(107);
        model.Predict([7, 0.0]).Value.ShouldBe(17);
    }

    [Fact]
    public void A_model_survives_being_written_and_read()
    {
        var graph = new OnnxGraph();
        var model = Taken(Rows(graph, "X", 3, graph.Apply("MatMul", ["X", graph.Constant([1.0, 10, 100], 3, 1)])), "number", Two);

        CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(model)).Predict([7, 1.0]).Value.ShouldBe(107);
    }

    /// <summary>What the build brought from a registry is read where its digest says.</summary>
    [Fact]
    public void A_registered_model_is_taken_from_where_it_was_brought()
    {
        var graph = new OnnxGraph();
        var file = Rows(graph, "X", 3, graph.Apply("MatMul", ["X", graph.Constant([1.0, 10, 100], 3, 1)]));
        var trainer = Trainers.Onnx("mlflow://fares@champion", Digest.Of(file).Hex);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[trainer.Files[0]])!);
        File.WriteAllBytes(_folder[trainer.Files[0]], file);

        Fitted(trainer, "number", Two).Predict([7, 1.0]).Value.ShouldBe(107);
    }

    [Fact]
    public void Probabilities_by_name_are_put_in_the_contracts_order()
    {
        var model = Taken(ByName(["low", "mid", "high"], [0.2, 0.5, 0.3]), "three", Two);

        Enumerable.Range(0, 3).Select(position => model.Predict([1, 0.0])[position]).ShouldBe([0.3, 0.2, 0.5], tolerance: 1e-6);
    }

    [Fact]
    public void Another_width_is_one_finding()
    {
        var graph = new OnnxGraph();
        var finding = Refused(Rows(graph, "X", 4, graph.RowSum("X")), "number");

        (finding.What, finding.Value).ShouldBe(("The input has another width", "4 numbers"));
        finding.Expected!.ShouldContain("Hour, Flag=0, Flag=1");
    }

    [Fact]
    public void A_file_for_another_task_is_one_finding()
    {
        var graph = new OnnxGraph();

        Refused(Rows(graph, "X", 3, graph.RowSum("X")), "three").What.ShouldBe("The ONNX file does not predict this task");
        Refused(ByName(["low", "mid", "high"], [0.2, 0.5, 0.3]), "number").What.ShouldBe("The ONNX file does not predict this task");
    }

    [Fact]
    public void A_class_of_another_name_is_one_finding() =>
        Refused(ByName(["low", "mid", "other"], [0.2, 0.5, 0.3]), "three").Value!.ShouldContain("other");

    [Fact]
    public void An_operator_that_nobody_knows_is_one_finding_that_names_it()
    {
        var graph = new OnnxGraph();
        var finding = Refused(Rows(graph, "X", 3, graph.Apply("TeleportRows", ["X"])), "number");

        finding.What.ShouldBe("The ONNX file has an operator that ONNX Runtime does not know");
        finding.Value!.ShouldContain("TeleportRows");
    }

    [Fact]
    public void What_is_no_ONNX_file_is_one_finding() => Refused([1, 2, 3], "number").What.ShouldBe("The ONNX file cannot be opened");

    [Fact]
    public void A_field_that_the_pipeline_does_not_give_is_named()
    {
        var ours = OnnxExporterTests.Trained(
            "linear", "number", [new NumberFeature("A"), new OneHotFeature("Flag")], TargetTransform.Identity);

        Refused(new OnnxExporter().Export(ours), "number").Where.ShouldBe("input A");
    }

    [Fact]
    public void A_prediction_that_is_no_number_is_refused_before_it_is_tested()
    {
        var graph = new OnnxGraph();

        Refused(
            Rows(graph, "X", 3, graph.Apply("Log", [graph.Apply("Sub", [graph.RowSum("X"), graph.Constant([1000.0], 1, 1)])])), "number")
            .What.ShouldBe("The model's prediction is no finite number");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Rows(OnnxGraph graph, string name, int width, string output)
    {
        graph.Input(name, OnnxGraph.Double, width);
        return graph.ToModel(output, "y", 1, new Dictionary<string, string>());
    }

    // What scikit-learn's converter writes: a label, and a map of probabilities for each row.
    private static byte[] ByName(string[] names, double[] probabilities)
    {
        var graph = new OnnxGraph();
        graph.Input("X", OnnxGraph.Double, 3);
        var each = graph.Cast(
            graph.Apply(
                "Add",
                [graph.Apply("Mul", [graph.RowSum("X"), graph.Constant([0.0], 1, 1)]), graph.Constant(probabilities, 1, names.Length)]),
            OnnxGraph.Single);
        
        // A sequence (4) of maps (5) from texts to tensors of singles.
        var map = new OnnxMessage().Message(5, new OnnxMessage().Number(1, OnnxGraph.Text).Message(
            2, new OnnxMessage().Message(1, new OnnxMessage().Number(1, OnnxGraph.Single))));
        var type = new OnnxMessage().Message(4, new OnnxMessage().Message(1, map));
        return graph.ToModel(
            new OnnxMessage()
                .Text(1, graph.ApplyLearning("ZipMap", [each], OnnxAttribute.Of("classlabels_strings", names)))
                .Message(2, type),
            new Dictionary<string, string>());
    }

    private OnnxModel Taken(byte[] file, string task, IReadOnlyList<FeatureSpec> features)
    {
        File.WriteAllBytes(_folder["model.onnx"], file);
        return Fitted(Trainers.Onnx("model.onnx"), task, features);
    }

    private OnnxModel Fitted(TrainerSpec trainer, string task, IReadOnlyList<FeatureSpec> features)
    {
        ClassSet? classes = task switch { "number" => null, "two" => new(["no", "yes"]), _ => new(["high", "low", "mid"]) };
        return (OnnxModel)trainer.Fit(
            TrainingRows.Of(MixedRows.Table(200, 1, task), features, new(TargetTransform.Identity, classes), false, 1) with
            {
                Root = _folder.Path
            },
            CancellationToken.None);
    }

    private Finding Refused(byte[] file, string task) =>
        Should.Throw<StageFailedException>(() => Taken(file, task, Two)).Findings.ShouldHaveSingleItem();
}

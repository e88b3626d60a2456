using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Onnx.Tests;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Onnx.Export.Tests;

public sealed class OnnxExporterTests
{
    private const int Unseen = 2_000;
    private const double Tolerance = 1e-5;

    /// <summary>ONNX Runtime is the judge: rows the model has never seen, with values and kinds it has never seen, some missing.</summary>
    [Theory]
    [InlineData("linear", "number")]
    [InlineData("linear", "two")]
    [InlineData("linear", "three")]
    [InlineData("fast-tree", "number")]
    [InlineData("fast-tree", "two")]
    [InlineData("fast-tree", "three")]
    [InlineData("light-gbm", "number")]
    [InlineData("light-gbm", "two")]
    [InlineData("fast-forest", "number")]
    [InlineData("fast-forest", "three")]
    [InlineData("gam", "number")]
    [InlineData("gam", "two")]
    public void What_is_exported_predicts_the_same(string family, string task)
    {
        var (model, table) = (
            Trained(family, task, MixedRows.Features, task == "number" ? TargetTransform.Log1p : TargetTransform.Identity),
            MixedRows.Table(Unseen, 2, task));
        var exported = new OnnxExporter().Read(model, new OnnxExporter().Export(model));

        var largest = 0.0;
        foreach (var row in FieldRows.Of(table, model.Fields))
        {
            var (ours, theirs) = (model.Predict(new InputRow(row)), exported.Predict(new InputRow(row)));
            theirs.Count.ShouldBe(ours.Count);
            for (var position = 0; position < ours.Count; position++)
            {
                largest = Math.Max(largest, Math.Abs(ours[position] - theirs[position]) / Math.Max(Math.Abs(ours[position]), 1e-9));
            }
        }

        largest.ShouldBeLessThan(Tolerance);
        exported.Close();
    }

    [Fact]
    public void A_clamped_model_is_exported_clamped()
    {
        var model = Trained("linear", "number", [new NumberFeature("A")], TargetTransform.Identity) with { Range = new(60, 61, true) };
        var exported = new OnnxExporter().Read(model, new OnnxExporter().Export(model)) with { Range = null };

        exported.Predict([-1000.0]).Value.ShouldBe(60);
        exported.Predict([1000.0]).Value.ShouldBe(61);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        var model = Trained("fast-tree", "two", MixedRows.Features, TargetTransform.Identity);

        new OnnxExporter().Export(model).ShouldBe(new OnnxExporter().Export(model));
    }

    [Fact]
    public void What_has_no_form_is_named_all_at_once()
    {
        var model = (LinearModel)Trained("linear", "number", [new NumberFeature("A")], TargetTransform.Identity);
        var failure = Should.Throw<StageFailedException>(() => new OnnxExporter()
            .Export(model with { Transform = new([new TextTerm("Note", 0, ["slow"], 1), new HashTerm("Code", 0, 4)]) }));

        failure.Findings.Select(finding => finding.Value).ShouldBe(["Note:slow", "Code#0"]);
    }

    [Fact]
    public void A_model_of_others_is_not_exported()
    {
        var model = Trained("linear", "number", [new NumberFeature("A")], TargetTransform.Identity);
        var foreign = new OnnxExporter().Read(model, [1]);

        Should.Throw<StageFailedException>(() => new OnnxExporter().Export(foreign)).Findings[0].Value.ShouldBe("OnnxModel");
    }

    internal static TrainedModel Trained(string family, string task, IReadOnlyList<FeatureSpec> features, TargetTransform scale)
    {
        TrainerSpec trainer = family switch
        {
            "linear" => Trainers.Linear(),
            "fast-tree" => Trainers.FastTree(trees: 30),
            "light-gbm" => Trainers.LightGbm(trees: 30),
            "fast-forest" => Trainers.FastForest(trees: 30),
            _ => Trainers.Gam(iterations: 300)
        };
        ClassSet? classes = task switch { "number" => null, "two" => new(["no", "yes"]), _ => new(["high", "low", "mid"]) };
        return trainer.Fit(
            TrainingRows.Of(MixedRows.Table(3_000, 1, task), features, new(scale, classes), trainer.Standardises, 1),
            CancellationToken.None);
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.Modeling.Training;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Modeling.Explaining.Tests;

/// <summary>What we say a prediction is made of, beside what LightGBM says itself of the same trees.</summary>
public sealed class LightGbmContributionTests
{
    private const int Columns = 5;
    private const int Rows = 800;
    private const string Usual = "objective=regression verbosity=-1 num_threads=1 deterministic=true seed=1";

    [Theory]
    [InlineData(3, 8)]
    [InlineData(40, 31)]
    [InlineData(5, 127)]
    public void Contributions_are_LightGBMs_own(int trees, int leaves)
    {
        var (rows, labels) = Draw();
        using var peer = new NativeLightGbm(rows, labels, Columns, trees, $"{Usual} num_leaves={leaves} min_data_in_leaf=5");
        var model = Model(peer.Trees());

        var theirs = peer.Explain(rows[..(50 * Columns)], 50);

        model.Outputs[0].Trees.Sum(tree => tree.Leaves.Length).ShouldBeGreaterThan(trees * Math.Min(leaves, 60) / 2);
        for (var row = 0; row < 50; row++)
        {
            var ours = model.Explain(new InputRow(rows.AsSpan(row * Columns, Columns)))[0];
            for (var column = 0; column < Columns; column++)
            {
                ours.Contributions.Single(part => part.Column == $"x{column}").Value.ShouldBe(theirs[row][column], 1e-6);
            }

            ours.Base.ShouldBe(theirs[row][Columns], 1e-5);
            ours.Score.ShouldBe(theirs[row].Sum(), 1e-5);
        }
    }

    /// <summary>The trainers count their rows: a model that they fit can be explained, and adds up to what it predicts.</summary>
    [Theory]
    [InlineData("light-gbm")]
    [InlineData("fast-tree")]
    [InlineData("fast-forest")]
    [InlineData("gam")]
    [InlineData("linear")]
    public void What_is_trained_tells_what_its_predictions_are_made_of(string family)
    {
        var (rows, labels) = Draw();
        var table = Sample.Table<Row>("x0,x1,x2,y\n" + string.Concat(Enumerable.Range(0, Rows).Select(row =>
            FormattableString.Invariant($"{rows[row * Columns]:R},{rows[(row * Columns) + 1]:R},{rows[(row * Columns) + 2]:R},{labels[row]:R}\n"))));
        FeatureSpec[] features = [new NumberFeature("x0"), new NumberFeature("x1"), new NumberFeature("x2")];
        TrainerSpec trainer = family switch
        {
            "light-gbm" => Trainers.LightGbm(trees: 20),
            "fast-tree" => Trainers.FastTree(trees: 20),
            "fast-forest" => Trainers.FastForest(trees: 20),
            "gam" => Trainers.Gam(iterations: 200),
            _ => Trainers.Linear(),
        };

        var model = Fitted.By(trainer, table, features);

        var told = model.ShouldBeAssignableTo<Scoring.Explaining.IExplainedModel>()!;
        told.CanExplain.ShouldBeTrue();
        var (sum, scores) = (0.0, 0.0);
        for (var row = 0; row < Rows; row++)
        {
            var input = new InputRow(rows.AsSpan(row * Columns, 3));
            var explanation = told.Explain(input)[0];
            explanation.Score.ShouldBe(model.Predict(input).Value, 1e-9 * Math.Max(1, Math.Abs(explanation.Score)));
            (sum, scores) = (sum + explanation.Base, scores + explanation.Score);
        }

        // The base is the mean over the training rows.
        (sum / Rows).ShouldBe(scores / Rows, 1e-4 * Math.Max(1, Math.Abs(scores / Rows)));
    }

    // Quarters, so that single precision loses nothing of a threshold between two of them.
    private static (double[] Rows, float[] Labels) Draw()
    {
        var random = new SplitMix64(11);
        double[] rows = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (random.NextInt(64) - 32) / 4.0)];
        float[] labels =
        [
            .. Enumerable.Range(0, Rows).Select(row => (float)(
                (3 * rows[row * Columns]) + (rows[(row * Columns) + 1] * rows[(row * Columns) + 2] / 4)
                    + (rows[(row * Columns) + 3] > 2 ? 10 : 0) + random.NextNormal())),
        ];
        return (rows, labels);
    }

    private static TreesModel Model(IReadOnlyList<DecisionTree> trees) => new()
    {
        Target = "y", Scale = TargetTransform.Identity, Average = false, Outputs = [new(null) { Trees = trees }],
        Fields = [.. Enumerable.Range(0, Columns).Select(column => new FieldRule($"x{column}", FieldKind.Real))],
        Transform = new([.. Enumerable.Range(0, Columns).Select(column => new NumberTerm($"x{column}", column, 0, 1))]),
    };

    private sealed record Row(
        [property: Column("x0")] double X0, [property: Column("x1")] double X1, [property: Column("x2")] double X2,
        [property: Column("y"), Label] double Y);
}

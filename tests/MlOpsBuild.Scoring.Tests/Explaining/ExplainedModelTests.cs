using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Scoring.Trees;

namespace MlOpsBuild.Scoring.Explaining.Tests;

public sealed class ExplainedModelTests
{
    private static readonly FieldRule[] Fields =
        [new("temp", FieldKind.Real), new("sky", FieldKind.Category, Categories: ["blue", "grey"])];

    private static readonly FeatureTransform Transform =
        new([new NumberTerm("temp", 0, 10, 2), new SquareTerm("temp", 0, 100, 50), new OneHotTerm("sky", 1, [0, 1])]);

    private static readonly DecisionTree First = new([~0, ~1], [1, ~2], [0, 3], [0.5f, 0.5f], [10, 20, 30], Rows: [6, 3, 1]);
    private static readonly DecisionTree Second = new([~0], [~1], [1], [0.1f], [-1, 4], Rows: [5, 5]);

    private static readonly LinearModel Linear = new()
    {
        Target = "cnt", Fields = Fields, Scale = TargetTransform.Identity, Transform = Transform, Intercept = 7,
        Coefficients = [3, 0.5, 11, 13], Means = [0.25, -0.5, 0.6, 0.4],
    };

    /// <summary>Each weight times how far its column is from its mean; columns of one input are one part.</summary>
    [Fact]
    public void A_linear_model_owes_each_input_its_weights_times_the_distance_from_the_mean()
    {
        var told = Linear.Explain(Row(14, 1)).Single();

        // temp: (14 − 10) / 2 = 2 and (196 − 100) / 50 = 1.92; sky: grey.
        told.Contributions.Select(part => (part.Column, Math.Round(part.Value, 9))).ShouldBe(
            [("temp", (3 * (2 - 0.25)) + (0.5 * (1.92 + 0.5))), ("sky", Math.Round((11 * -0.6) + (13 * 0.6), 9))]);
        told.Score.ShouldBe(Linear.Predict(Row(14, 1)).Value, 1e-12);
        (told.Unit, told.Class).ShouldBe(("cnt", null));
    }

    [Fact]
    public void On_average_over_the_training_rows_the_base_is_the_score() =>
        Linear.Explain(Row(14, 1))[0].Base.ShouldBe(7 + (3 * 0.25) + (0.5 * -0.5) + (11 * 0.6) + (13 * 0.4), 1e-12);

    [Fact]
    public void Of_two_classes_the_log_odds_of_the_positive_one_are_told()
    {
        var model = Linear with { Classes = new(["stays", "leaves"]), Coefficients = [0.3, 0.05, -0.1, 0.2], Intercept = -0.5 };

        var told = model.Explain(Row(14, 1)).Single();

        (told.Unit, told.Class).ShouldBe(("log-odds", "leaves"));
        (1 / (1 + Math.Exp(-told.Score))).ShouldBe(model.Predict(Row(14, 1)).Value, 1e-12);
    }

    [Fact]
    public void Of_many_classes_each_is_told_and_the_scores_make_the_probabilities()
    {
        var model = new SoftmaxModel
        {
            Target = "kind", Fields = Fields, Classes = new(["a", "b", "c"]), Transform = Transform, Intercepts = [0.1, 0.2, 0.3],
            Coefficients = [[1, 0, 0.1, 0], [0.5, 0.1, 0, 0.2], [-1, 0, 0, 0.4]], Means = [0, 0, 0.5, 0.5],
        };

        var told = model.Explain(Row(11, 0));

        told.Select(each => each.Class).ShouldBe(["a", "b", "c"]);
        var odds = told.Select(each => Math.Exp(each.Score)).ToList();
        odds.Select(each => each / odds.Sum()).Zip(Enumerable.Range(0, 3)).ToList()
            .ForEach(pair => pair.First.ShouldBe(model.Predict(Row(11, 0))[pair.Second], 1e-12));
    }

    [Theory]
    [InlineData(false, TargetTransform.Identity, "cnt")]
    [InlineData(true, TargetTransform.Identity, "cnt")]
    [InlineData(false, TargetTransform.Log1p, "log(1 + cnt)")]
    public void Trees_add_up_to_their_prediction(bool average, TargetTransform scale, string unit)
    {
        var model = Trees(average, scale);

        foreach (var (temperature, sky) in new[] { (14, 1), (9, 0), (10, 1), (double.NaN, 0) })
        {
            var told = model.Explain(Row(temperature, sky)).Single();
            var predicted = model.Predict(Row(temperature, sky)).Value;

            told.Unit.ShouldBe(unit);
            scale.Undo(told.Score).ShouldBe(predicted, 1e-9 * Math.Max(1, Math.Abs(predicted)));
            told.Contributions.Select(part => part.Column).Order().ShouldBe(["sky", "temp"]);
        }
    }

    /// <summary>The trainer's curve turns a score into a probability; its exponent is what parts are counted in.</summary>
    [Fact]
    public void A_fitted_curve_is_part_of_the_log_odds()
    {
        var model = Trees(false, TargetTransform.Identity) with
        {
            Classes = new(["no", "yes"]), Outputs = [new(new Calibration(-0.2, 3)) { Trees = [First, Second] }],
        };

        var told = model.Explain(Row(14, 1)).Single();

        told.Unit.ShouldBe("log-odds");
        (1 / (1 + Math.Exp(-told.Score))).ShouldBe(model.Predict(Row(14, 1)).Value, 1e-7);
    }

    [Fact]
    public void A_forest_of_classes_tells_shares() =>
        (Trees(true, TargetTransform.Identity) with { Classes = new(["no", "yes"]) }).Explain(Row(14, 1))[0].Unit.ShouldBe("probability");

    [Fact]
    public void Step_functions_are_told_beside_their_means()
    {
        var model = new GamModel
        {
            Target = "cnt", Fields = Fields, Scale = TargetTransform.Identity, Transform = Transform,
            Outputs =
            [
                new(100, [new(0, [0, double.PositiveInfinity], [-5, 5], -1), new(3, [0.5, double.PositiveInfinity], [2, 8], 4)], null),
            ],
        };

        var told = model.Explain(Row(14, 1)).Single();

        told.Contributions.ShouldBe([new("temp", 6), new("sky", 4)]);
        (told.Base, told.Score).ShouldBe((103, 113));
    }

    [Fact]
    public void Models_from_before_tell_nothing_rather_than_something_wrong()
    {
        TrainedModel[] models =
        [
            Linear with { Means = null },
            Trees(false, TargetTransform.Identity) with { Outputs = [new(null) { Trees = [First with { Rows = null }] }] },
        ];

        models.Cast<IExplainedModel>().ShouldAllBe(model => !model.CanExplain);
        models.Cast<IExplainedModel>().ShouldAllBe(model => Throws(model));
    }

    [Fact]
    public void The_largest_part_comes_first_whatever_its_sign() =>
        Linear.Explain(Row(2, 0))[0].Contributions.Select(part => Math.Abs(part.Value)).ShouldBeInOrder(SortDirection.Descending);

    private static bool Throws(IExplainedModel model)
    {
        Should.Throw<InvalidOperationException>(() => model.Explain(Row(1, 1)));
        return true;
    }

    private static TreesModel Trees(bool average, TargetTransform scale) => new()
    {
        Target = "cnt", Fields = Fields, Scale = scale, Transform = Transform, Average = average,
        Outputs = [new(null) { Trees = [First with { Leaves = [0.1, 0.2, 0.3] }, Second] }],
    };

    private static InputRow Row(double temperature, double sky) => new(new[] { temperature, sky });
}

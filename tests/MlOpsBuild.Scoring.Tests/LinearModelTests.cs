using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring.Tests;

public sealed class LinearModelTests
{
    private static readonly LinearModel Model = new()
    {
        Target = "cnt",
        Fields =
        [
            new("x", FieldKind.Real, -10, 10), new("hour", FieldKind.Whole, 0, 23), new("day", FieldKind.Date),
            new("sky", FieldKind.Category, Categories: ["blue", "grey"])
        ],
        Scale = TargetTransform.Identity,
        Transform = new([
            new NumberTerm("x", 0, 0.1, 1.7), new SquareTerm("x", 0, 1.0 / 3, Math.E), new OneHotTerm("sky", 3, [0, 1]),
            new CrossTerm("hour×sky", 1, [0, 12], 3, [0, 1]), new DatePartTerm("day", 2, DatePart.Weekday, [0, 1, 2, 3, 4, 5, 6]),
        ]),
        Intercept = Math.PI,
        Coefficients = [0.1, -0.2, 1e-17, 1.0 / 3, 2, -7, 0.7, 1e100, 1, 2, 3, 4, 5, 6, 7],
    };

    [Fact]
    public void The_prediction_is_the_constant_plus_weighted_columns()
    {
        var model = Model with
        {
            Transform = new([new NumberTerm("x", 0, 1, 2), new OneHotTerm("sky", 1, [0, 1])]), Intercept = 10, Coefficients = [3, 100, 200]
        };

        model.Predict([5, 1]).ShouldBe(10 + (3 * 2) + 200);
        model.Predict([1, 0]).ShouldBe(110);
    }

    [Fact]
    public void A_stored_model_predicts_the_same_to_the_bit()
    {
        foreach (var scale in Enum.GetValues<TargetTransform>())
        {
            var model = Model with { Scale = scale };
            var copy = CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(model));
            var rows =
                from x in ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite)
                from hour in Gen.Choose(0, 23)
                from day in Gen.Choose(0, 800_000)
                from sky in Gen.Choose(0, 2)
                select new[] { x, hour, day, sky };

            Prop.ForAll(
                Arb.From(rows),
                row => BitConverter.DoubleToInt64Bits(copy.Predict(row).Value) == BitConverter.DoubleToInt64Bits(model.Predict(row).Value))
                .QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Storing_a_stored_model_gives_the_same_bytes()
    {
        var bytes = CanonicalJson.Serialize<TrainedModel>(Model);

        CanonicalJson.Serialize(CanonicalJson.Deserialize<TrainedModel>(bytes)).ShouldBe(bytes);
    }

    [Fact]
    public void A_stored_model_says_what_it_accepts()
    {
        var copy = CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(Model));

        copy.Target.ShouldBe("cnt");
        copy.Format.ShouldBe(1);
        copy.Fields.Select(field => field.Describe()).ShouldBe(Model.Fields.Select(field => field.Describe()));
    }

    [Fact]
    public void An_unknown_kind_of_model_is_refused()
    {
        var json = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize<TrainedModel>(Model))
            .Replace("\"linear\"", "\"forest\"", StringComparison.Ordinal);

        Should.Throw<System.Text.Json.JsonException>(() => CanonicalJson.Deserialize<TrainedModel>(
            System.Text.Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Counts_on_the_log_scale_are_taken_back()
    {
        var model = Counts(Math.Log(1 + 41));

        model.Predict([0]).Value.ShouldBe(41, 1e-12);
    }

    [Fact]
    public void Counts_on_the_log_scale_are_never_negative() => Prop.ForAll<double>(intercept =>
        double.IsNaN(intercept) || Counts(intercept).Predict([0]).Value >= 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Wide_models_predict_like_narrow_ones()
    {
        var values = Enumerable.Range(0, 3000).Select(value => (double)value).ToArray();
        var model = Model with { Transform = new([new OneHotTerm("x", 0, values)]), Intercept = 1, Coefficients = values };

        model.Predict([2999]).ShouldBe(3000);
    }

    private static LinearModel Counts(double intercept) => Model with
    {
        Scale = TargetTransform.Log1p, Transform = new([new NumberTerm("x", 0, 0, 1)]), Intercept = intercept, Coefficients = [1],
    };
}

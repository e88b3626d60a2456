using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Features;

namespace MlOpsBuild.Scoring.Tests;

public sealed class ProbabilityMapTests
{
    private static readonly ProbabilityMap Points = new(null, null, [0.2, 0.4, 0.8], [0, 0.5, 0.9]);

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.2, 0)]
    [InlineData(0.3, 0.25)]
    [InlineData(0.4, 0.5)]
    [InlineData(0.6, 0.7)]
    [InlineData(0.8, 0.9)]
    [InlineData(1.0, 0.9)]
    public void Between_points_it_is_a_straight_line_and_beyond_them_the_end(double said, double means) =>
        Points.Of(said).ShouldBe(means, 1e-12);

    [Theory]
    [InlineData(1, 0, 0.3, 0.3)]
    [InlineData(2, 0, 0.8, 0.941176470588)]
    [InlineData(1, -1, 0.5, 0.268941421370)]
    public void A_curve_is_logistic_in_the_log_odds(double slope, double offset, double said, double means) =>
        new ProbabilityMap(slope, offset, null, null).Of(said).ShouldBe(means, 1e-9);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Certainty_stays_a_number(double said) => double.IsFinite(new ProbabilityMap(3, 1, null, null).Of(said)).ShouldBeTrue();

    /// <summary>All rows of a validation part may have been given one probability.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void One_point_is_a_constant(double said) => new ProbabilityMap(null, null, [0.5], [0.3]).Of(said).ShouldBe(0.3);

    [Fact]
    public void What_is_no_number_stays_none() => double.IsNaN(Points.Of(double.NaN)).ShouldBeTrue();

    [Fact]
    public void A_model_says_what_its_probability_means()
    {
        var model = Model(["no", "yes"], [new(2, 0, null, null)]);

        var raw = (model with { Calibrated = null }).Predict([1.0]).Value;

        model.Predict([1.0]).Value.ShouldBe(new ProbabilityMap(2, 0, null, null).Of(raw));
        CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize<TrainedModel>(model)).Predict([1.0]).Value
            .ShouldBe(model.Predict([1.0]).Value);
    }

    [Fact]
    public void Of_many_classes_probabilities_still_sum_to_one()
    {
        var model = new SoftmaxModel
        {
            Target = "kind", Fields = [new("x", FieldKind.Real)], Classes = new(["a", "b", "c"]),
            Transform = new([new NumberTerm("x", 0, 0, 1, 0)]), Intercepts = [0.1, 0, -0.1], Coefficients = [[1], [0], [-1]],
            Calibrated = [Points, new(0.5, 0, null, null), new(null, null, [0.5], [0.2])],
        };

        var said = model.Predict([0.7]);

        Enumerable.Range(0, 3).Sum(position => said[position]).ShouldBe(1, 1e-12);
        (model with { Calibrated = [.. Enumerable.Repeat(new ProbabilityMap(null, null, [0.5], [0]), 3)] }).Predict([0.7])
            .ShouldBe(new Prediction([1.0 / 3, 1.0 / 3, 1.0 / 3]));
    }

    private static LinearModel Model(string[] names, ProbabilityMap[] maps) => new()
    {
        Target = "left", Fields = [new("x", FieldKind.Real)], Classes = new(names), Scale = TargetTransform.Identity,
        Transform = new([new NumberTerm("x", 0, 0, 1, 0)]), Intercept = 0.2, Coefficients = [0.5], Calibrated = maps,
    };
}

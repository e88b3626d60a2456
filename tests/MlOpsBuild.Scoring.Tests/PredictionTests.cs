using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Scoring.Tests;

public sealed class PredictionTests
{
    private static readonly ClassSet Flag = new(["false", "true"]);
    private static readonly ClassSet Three = new(["a", "b", "c"]);

    [Theory]
    [InlineData("1.5")]
    [InlineData("[0.25,0.25,0.5]")]
    [InlineData("""{"answer":"NaN"}""")]
    [InlineData("""{"answer":""}""")]
    public void A_prediction_is_a_number_an_array_or_a_text_and_comes_back_to_the_bit(string json)
    {
        var prediction = JsonSerializer.Deserialize<Prediction>(json);

        JsonSerializer.Serialize(prediction).ShouldBe(json);
        JsonSerializer.Deserialize<Prediction>(json).ShouldBe(prediction);
        CanonicalJson.Deserialize<Prediction>(CanonicalJson.Serialize(prediction)).ShouldBe(prediction);
    }

    [Fact]
    public void Errors_and_distances_are_of_numbers_or_of_probabilities()
    {
        new Prediction(3).Error(5).ShouldBe(-2);
        new Prediction([0.2, 0.3, 0.5]).Error(2).ShouldBe(0.5);
        new Prediction(3).DistanceTo(new(7)).ShouldBe(4);
        new Prediction([0.2, 0.3, 0.5]).DistanceTo(new([0.5, 0.3, 0.2])).ShouldBe(0.3, 1e-15);
        new Prediction(0.8).ProbabilityOf(0).ShouldBe(0.2, 1e-15);
        new Prediction([0.2, double.NaN, 0.5]).IsFinite.ShouldBeFalse();
    }

    [Fact]
    public void A_text_claims_to_be_right_and_is_compared_with_how_good_it_was()
    {
        var text = new Prediction("yes");

        (text.Value, text.Count, text.IsFinite, text.Error(0.25), text.ToString()).ShouldBe((1, 1, true, 0.75, "yes"));
        (text.DistanceTo(new("yes")), text.DistanceTo(new("Yes")), text.DistanceTo(1)).ShouldBe((0, 1, 1));
        text.ShouldNotBe(new Prediction(1));
        text.ShouldBe(new Prediction("yes"));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Prediction>("""{"text":"yes"}"""));
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("1", 1.0)]
    [InlineData("1.01", null)]
    [InlineData("5", null)]
    [InlineData("-0.1", null)]
    [InlineData("\"good\"", null)]
    public void How_good_a_text_was_is_told_from_0_to_1(string label, double? rating) =>
        new Feedback("id", JsonDocument.Parse(label).RootElement).Read(null, rated: true).ShouldBe(rating);

    [Fact]
    public void The_class_that_is_answered_follows_from_threshold_or_size()
    {
        (Flag with { Threshold = 0.3 }).Choose(0.3).ShouldBe(1);
        Flag.Choose(0.49).ShouldBe(0);
        Three.Choose(new([0.4, 0.4, 0.2])).ShouldBe(0);
        Three.Choose(new([0.1, 0.4, 0.5])).ShouldBe(2);
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    [InlineData("1", 1)]
    [InlineData("\"0\"", 0)]
    [InlineData("\"true\"", 1)]
    [InlineData("2", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void A_flag_may_be_told_in_every_way_it_is_written(string label, int? position) =>
        new Feedback("id", JsonDocument.Parse(label).RootElement).Read(Flag).ShouldBe(position);

    [Theory]
    [InlineData("12.5", 12.5)]
    [InlineData("\"12.5\"", null)]
    [InlineData("1e999", null)]
    [InlineData("true", null)]
    public void A_number_is_told_as_a_number(string label, double? number) =>
        new Feedback("id", JsonDocument.Parse(label).RootElement).Read(null).ShouldBe(number);

    [Theory]
    [InlineData("""{"prediction":2.5,"version":1,"id":"x"}""")]
    [InlineData("""{"label":"true","probability":0.75,"version":1,"id":"x"}""")]
    [InlineData("""{"label":"c","probabilities":{"a":0.25,"b":0.25,"c":0.5},"version":1,"id":"x"}""")]
    [InlineData("""{"answer":"yes","version":1,"id":"x"}""")]
    [InlineData("""{"prediction":2.5,"outOfRange":true,"version":1,"id":"x"}""")]
    public void Answers_come_back_as_they_were(string json)
    {
        var options = new JsonSerializerOptions(CanonicalJson.Options) { WriteIndented = false };
        var answer = JsonSerializer.Deserialize<PredictionAnswer>(json, options)!;

        JsonSerializer.Serialize(answer, options).ShouldBe(json);
        answer.Read().ShouldNotBeNull();
    }

    [Fact]
    public void A_model_of_classes_comes_back_as_it_was()
    {
        TrainedModel model = new SoftmaxModel
        {
            Target = "y", Classes = Three, Fields = [new("x", Core.Fields.FieldKind.Real)],
            Transform = new([new Features.NumberTerm("x", 0, 0, 1)]), Intercepts = [0, 1, 2], Coefficients = [[1.0], [2.0], [3.0]],
        };

        var copy = CanonicalJson.Deserialize<TrainedModel>(CanonicalJson.Serialize(model));

        copy.Classes.ShouldBe(Three);
        copy.Predict([0.3]).ShouldBe(model.Predict([0.3]));
        Encoding.UTF8.GetString(CanonicalJson.Serialize(copy)).ShouldBe(Encoding.UTF8.GetString(CanonicalJson.Serialize(model)));
    }
}

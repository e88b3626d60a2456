using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;

namespace MlOpsBuild.Serving.Model.Tests;

public sealed class ModelServerClassTests
{
    private static readonly LinearModel Two = TinyServer.Model with
    {
        Scale = TargetTransform.Identity, Intercept = 0, Classes = new(["stays", "leaves"], 0.3)
    };

    private static readonly SoftmaxModel Three = new()
    {
        Target = "plan",
        Classes = new(["basic", "plus", "pro"]),
        Fields = [new FieldRule("temperature", FieldKind.Real)],
        Transform = new([new NumberTerm("temperature", 0, 0, 1)]),
        Intercepts = [0, 0.5, -0.5],
        Coefficients = [[1.0], [-1.0], [0.25]],
    };

    [Theory]
    [InlineData(11.3, "leaves", 0.5)]
    [InlineData(-11.8, "leaves", 0.2482)]
    [InlineData(-38, "stays", 0.085)]
    public async Task Of_two_classes_the_label_by_threshold_and_the_positive_ones_probability_are_answered(
        double temperature, string label, double about)
    {
        var answer = await AskAsync(Two with { Classes = new(["stays", "leaves"], 0.2) }, $$"""{"temperature": {{temperature:R}}}""");

        answer.AsObject().Select(member => member.Key).ShouldBe(["label", "probability", "version", "id"]);
        answer["label"]!.GetValue<string>().ShouldBe(label);
        answer["probability"]!.GetValue<double>().ShouldBe(about, 0.001);
        answer["probability"]!.GetValue<double>().ShouldBe(Two.Predict([temperature]).Value);
    }

    [Fact]
    public async Task Of_many_classes_every_probability_is_answered_in_their_order()
    {
        var answer = await AskAsync(Three, """{"temperature": 2}""");

        answer["label"]!.GetValue<string>().ShouldBe("basic");
        answer["probabilities"]!.AsObject().Select(member => member.Key).ShouldBe(["basic", "plus", "pro"]);
        var each = answer["probabilities"]!.AsObject().Select(member => member.Value!.GetValue<double>()).ToArray();
        each.Sum().ShouldBe(1, 1e-12);
        (each[0] / each[1]).ShouldBe(Math.Exp(2 - (0.5 - 2)), 1e-9);
        answer.Deserialize<PredictionAnswer>(JsonAnswer.OneLine)!.Read().ShouldBe(Three.Predict([2]));
    }

    [Fact]
    public async Task An_array_of_rows_is_answered_row_by_row()
    {
        var answers = (await AskAsync(TinyServer.Model, """[{"temperature": 1}, {"temperature": 2, "wind": 3}]""")).AsArray();

        answers.Select(answer => answer!["prediction"]!.GetValue<double>())
            .ShouldBe([TinyServer.Model.Predict([1]).Value, TinyServer.Model.Predict([2]).Value]);
        answers.Select(answer => answer!["id"]!.GetValue<string>()).ShouldBe(["mine-0", "mine-1"]);
    }

    [Fact]
    public async Task Wrong_rows_of_an_array_are_named()
    {
        using var tiny = new TinyServer();
        await tiny.Server.StartAsync(CancellationToken.None);

        var (status, body, _) = await tiny.AskAsync("POST", "/predict", """[{"temperature": 1}, {"temperature": "hot"}, {}]""");

        status.ShouldBe(400);
        body.ShouldContain("row 2.temperature");
        body.ShouldContain("row 3.temperature");
    }

    /// <summary>A mistyped year was answered with 791,249 bikes and status 200.</summary>
    [Fact]
    public async Task A_prediction_that_no_label_can_have_is_marked_and_counted()
    {
        var model = TinyServer.Model with { Range = new(0, 150, Clamps: false) };
        using var tiny = new TinyServer(model: model);
        await tiny.Server.StartAsync(CancellationToken.None);

        var beyond = await tiny.AskAsync("POST", "/predict", """{"temperature": 40}""");
        var within = await tiny.AskAsync("POST", "/predict", """{"temperature": 1}""");

        beyond.Body.ShouldContain("\"outOfRange\":true");
        within.Body.ShouldNotContain("outOfRange");
        (await tiny.AskAsync("GET", "/metrics")).Body.ShouldContain("mlops_predictions_out_of_range{pipeline=\"Tiny\"} 1");
    }

    [Fact]
    public async Task A_pipeline_may_bring_predictions_into_the_labels_range()
    {
        var answer = await AskAsync(TinyServer.Model with { Range = new(0, 150, Clamps: true) }, """{"temperature": 40}""");

        answer["prediction"]!.GetValue<double>().ShouldBe(150);
        answer["outOfRange"].ShouldBeNull();
    }

    private static async Task<JsonNode> AskAsync(TrainedModel model, string body)
    {
        using var tiny = new TinyServer(model: model);
        await tiny.Server.StartAsync(CancellationToken.None);
        var (status, text, _) = await tiny.AskAsync("POST", "/predict", body, id: "mine");
        status.ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }
}

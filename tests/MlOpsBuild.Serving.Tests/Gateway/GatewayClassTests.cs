using System.Net;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayClassTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("\"pro\"", 2)]
    [InlineData("\"basic\"", 0)]
    public async Task A_label_is_the_name_of_a_class(string label, double position)
    {
        await OpenAsync("""{"label":"pro","probabilities":{"basic":0.25,"plus":0.25,"pro":0.5},"version":1,"id":"a"}""");
        await _world.PostTextAsync("predict", "{}", id: "a");

        (await _world.PostTextAsync("feedback", $$"""{"id": "a", "label": {{label}}}""")).ShouldBe("""{"accepted":true}""");

        var seen = (await _world.TrafficAsync(1, 1)).Labels.ShouldHaveSingleItem();
        (seen.Label, seen.Baseline).ShouldBe((position, new Prediction([0.25, 0.25, 0.5])));
    }

    [Theory]
    [InlineData("\"premium\"")]
    [InlineData("2")]
    public async Task What_is_no_class_is_refused_and_the_classes_are_named(string label)
    {
        await OpenAsync("""{"label":"pro","probabilities":{"basic":0.25,"plus":0.25,"pro":0.5},"version":1,"id":"a"}""");
        await _world.PostTextAsync("predict", "{}", id: "a");

        using var answer = await _world.PostAsync("feedback", $$"""{"id": "a", "label": {{label}}}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("basic, plus, pro");
    }

    [Theory]
    [InlineData("""[{"prediction":1,"version":1,"id":"a-0"},{"prediction":2,"version":1,"id":"a-1"}]""", null)]
    [InlineData("""[{"prediction":1,"version":1,"id":"a-0"},{"version":1,"id":"a-1"}]""", BadEvent.Invalid)]
    [InlineData("[]", BadEvent.Invalid)]
    [InlineData("""{"label":"pro","version":1,"id":"a"}""", BadEvent.Invalid)]
    [InlineData("""{"label":"yes","probability":0.7,"version":1,"id":"a"}""", null)]
    public async Task Answers_to_several_rows_are_good_when_each_of_them_is(string body, BadEvent? bad)
    {
        await OpenAsync(body);

        await _world.PostTextAsync("predict", "[{},{}]", id: "a");

        var answer = (await _world.TrafficAsync(1)).Requests.ShouldHaveSingleItem().Baseline.ShouldNotBeNull();
        answer.Bad.ShouldBe(bad);
        answer.Prediction.HasValue.ShouldBe(bad == null && body[0] == '{');
    }

    private async Task OpenAsync(string body)
    {
        var (mine, theirs) = (await _world.ServeAsync(Scripted.Answer(200, body)), await _world.ServeAsync(Scripted.Version(2)));
        await _world.OpenAsync(GatewayWorld.Trial(mine, theirs, percent: 0) with
        {
            Contract = new RequestContract([], []) { Classes = new(["basic", "plus", "pro"]) }
        });
    }
}

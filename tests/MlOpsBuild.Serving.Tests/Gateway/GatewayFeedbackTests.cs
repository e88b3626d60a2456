using System.Net;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayFeedbackTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(89, 1, 0)]
    [InlineData(111, 0, 1)]
    public async Task A_label_is_compared_with_its_prediction_of_a_hundred(double label, int tooHigh, int tooLow)
    {
        await OpenAsync();
        await _world.PostTextAsync("predict", "{}", id: "a");

        (await _world.PostTextAsync("feedback", $$"""{"id": "a", "label": {{label}}}""")).ShouldBe("""{"known":true}""");

        var counts = (await _world.CountsAsync()).ShouldHaveSingleItem().Baseline;
        (counts.Labels, counts.Of(BadEvent.TooHigh), counts.Of(BadEvent.TooLow)).ShouldBe((1, tooHigh, tooLow));
    }

    [Theory]
    [InlineData("""{"id": "b", "label": 1}""")]
    [InlineData("""{"id": "a", "label": "NaN"}""")]
    [InlineData("null")]
    public async Task A_label_for_no_known_prediction_is_accepted_and_said_to_be_unknown(string body)
    {
        await OpenAsync();
        await _world.PostTextAsync("predict", "{}", id: "a");

        using var answer = await _world.PostAsync("feedback", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"known":false}""");
        (await _world.CountsAsync())[0].Baseline.Labels.ShouldBe(0);
    }

    [Fact]
    public async Task Feedback_that_lacks_its_label_is_no_label_of_zero()
    {
        await OpenAsync();
        await _world.PostTextAsync("predict", "{}", id: "a");

        await _world.PostTextAsync("feedback", """{"id": "a"}""");

        (await _world.CountsAsync())[0].Baseline.Labels.ShouldBe(0);
    }

    [Fact]
    public async Task A_label_counts_once()
    {
        await OpenAsync();
        await _world.PostTextAsync("predict", "{}", id: "a");

        await _world.PostTextAsync("feedback", """{"id": "a", "label": 1}""");
        (await _world.PostTextAsync("feedback", """{"id": "a", "label": 1}""")).ShouldBe("""{"known":false}""");

        (await _world.CountsAsync())[0].Baseline.Labels.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("""{"label": 1}""")]
    [InlineData("""{"id": "a", "label": "many"}""")]
    [InlineData("""{"id": 3, "label": 1}""")]
    public async Task What_is_no_feedback_is_refused_with_an_example(string body)
    {
        await OpenAsync();

        using var answer = await _world.PostAsync("feedback", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Not feedback");
    }

    [Fact]
    public async Task A_label_counts_for_the_version_and_weight_that_predicted()
    {
        var port = await _world.ServeAsync(Scripted.Version(2, 100));
        await _world.OpenAsync(new(1, new(1, port), new(2, port), 100, GatewayWorld.Limits));
        await _world.PostTextAsync("predict", "{}", id: "a");
        await _world.RouteAsync(new(2, new(1, port), null, 0, GatewayWorld.Limits));
        await _world.PostTextAsync("predict", "{}", id: "b");

        await _world.PostTextAsync("feedback", """{"id": "a", "label": 1}""");

        var counts = await _world.CountsAsync();
        (counts[0].Canary.Labels, counts[0].Canary.Of(BadEvent.TooHigh), counts[1].Baseline.Labels).ShouldBe((1, 1, 0));
    }

    private async Task OpenAsync() => await _world.OpenAsync(new(1, new(1, await _world.ServeAsync(Scripted.Version(1, 100))), null, 0, GatewayWorld.Limits));
}

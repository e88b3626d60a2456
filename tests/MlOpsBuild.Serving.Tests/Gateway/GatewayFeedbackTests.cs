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
    [InlineData(0, 100.0, null)]
    [InlineData(100, null, 90.0)]
    public async Task A_label_belongs_to_the_prediction_the_caller_got(double percent, double? baseline, double? canary)
    {
        await OpenAsync(percent, mirror: 0);
        await _world.PostTextAsync("predict", "{}", id: "a");

        (await _world.PostTextAsync("feedback", """{"id": "a", "label": 95}""")).ShouldBe("""{"accepted":true}""");

        (await _world.TrafficAsync(1, 1)).Labels.ShouldBe([new(95, baseline, canary)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_label_of_a_mirrored_request_belongs_to_both_predictions(double percent)
    {
        await OpenAsync(percent, mirror: 100);
        await _world.PostTextAsync("predict", "{}", id: "a");

        await _world.PostTextAsync("feedback", """{"id": "a", "label": 95}""");

        (await _world.TrafficAsync(1, 1)).Labels.ShouldBe([new(95, 100, 90)]);
    }

    /// <summary>How good a text was says nothing of the other one, which nobody read.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(100, false)]
    public async Task A_rating_belongs_to_the_text_that_somebody_read(double percent, bool baseline)
    {
        await _world.OpenAsync(
            GatewayWorld.Trial(
                await _world.ServeAsync(Scripted.Says(1, "yes")), await _world.ServeAsync(Scripted.Says(2, "no")), percent, 100) with
            {
                Contract = new([], []) { Rated = true },
            });
        await _world.PostTextAsync("predict", "{}", id: "a");

        using var beyond = await _world.PostAsync("feedback", """{"id": "a", "label": 5}""");
        beyond.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await beyond.Content.ReadAsStringAsync()).ShouldContain("from 0 to 1");
        (await _world.PostTextAsync("feedback", """{"id": "a", "label": 0.5}""")).ShouldBe("""{"accepted":true}""");

        var label = (await _world.TrafficAsync(1, 1)).Labels.ShouldHaveSingleItem();
        (label.Baseline?.Text, label.Canary?.Text, label.Label).ShouldBe((baseline ? "yes" : null, baseline ? null : "no", 0.5));
    }

    /// <summary>Five false labels rolled a good canary back: anybody who reached the port could give them.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("token")]
    public async Task Labels_need_a_token_of_their_own(string? token)
    {
        await OpenAsync(0, mirror: 0);
        await _world.PostTextAsync("predict", "{}", id: "a");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Address, "feedback"))
        {
            Content = Scripted.Json("""{"id": "a", "label": 95}""")
        };
        request.Headers.Authorization = token == null ? null : new("Bearer", token);

        using var answer = await _world.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _world.TrafficAsync(1)).Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_for_no_known_prediction_is_not_taken()
    {
        await OpenAsync(0, mirror: 0);

        using var answer = await _world.PostAsync("feedback", """{"id": "b", "label": 1}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _world.TrafficAsync(0)).Labels.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_counts_once()
    {
        await OpenAsync(0, mirror: 0);
        await _world.PostTextAsync("predict", "{}", id: "a");
        await _world.PostTextAsync("feedback", """{"id": "a", "label": 1}""");

        using var again = await _world.PostAsync("feedback", """{"id": "a", "label": 1}""");

        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _world.TrafficAsync(1)).Labels.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Outside_of_a_trial_a_label_is_taken_and_says_nothing()
    {
        await _world.OpenAsync(GatewayWorld.Alone(1, await _world.ServeAsync(Scripted.Version(1))));
        await _world.PostTextAsync("predict", "{}", id: "a");

        (await _world.PostTextAsync("feedback", """{"id": "a", "label": 1}""")).ShouldBe("""{"accepted":true}""");

        (await _world.TrafficAsync(0)).Labels.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("""{"id": "a"}""")]
    [InlineData("""{"label": 1}""")]
    [InlineData("""{"id": "a", "label": "NaN"}""")]
    [InlineData("""{"id": "a", "label": "many"}""")]
    [InlineData("""{"id": 3, "label": 1}""")]
    public async Task What_is_no_feedback_is_refused_with_an_example(string body)
    {
        await OpenAsync(0, mirror: 0);
        await _world.PostTextAsync("predict", "{}", id: "a");

        using var answer = await _world.PostAsync("feedback", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Not feedback");
        (await _world.TrafficAsync(1)).Labels.ShouldBeEmpty();
    }

    private async Task OpenAsync(double percent, double mirror) => await _world.OpenAsync(
        GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Version(1, 100)), await _world.ServeAsync(Scripted.Version(2, 90)), percent, mirror));
}

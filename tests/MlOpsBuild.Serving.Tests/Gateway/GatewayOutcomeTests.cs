using System.Net;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayOutcomeTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task An_outcome_is_kept_and_the_same_unit_and_event_are_known_again()
    {
        await OpenAsync();

        (await SendAsync("""{"unit": "u1", "metric": "revenue", "value": 12.5, "id": "order-1"}"""))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":true}"""));
        await SendAsync("""{"unit": "u1", "metric": "revenue", "value": 12.5, "id": "order-1"}""");
        await SendAsync("""{"unit": "u2", "metric": "signup"}""");

        var entries = await EntriesAsync();
        entries.Select(entry => (entry.Metric, entry.Value)).ShouldBe([("revenue", 12.5), ("revenue", 12.5), ("signup", 1.0)]);
        (entries[0].Unit, entries[0].Event).ShouldBe((entries[1].Unit, entries[1].Event));
        entries[2].Unit.ShouldNotBe(entries[0].Unit);
        (entries[2].Event, entries[2].Arm, entries[2].Experiment).ShouldBe((null, null, null));
        File.ReadAllText(Directory.GetFiles(_world.Predictions, UnitEntry.Pattern).Single()).ShouldNotContain("order-1");
    }

    [Fact]
    public async Task A_list_is_kept_whole_or_not_at_all()
    {
        await OpenAsync();

        (await SendAsync(" \n[{\"unit\": \"u1\", \"metric\": \"a\"}, {\"unit\": \"u2\", \"metric\": \"a\", \"value\": -2}]")).Status
            .ShouldBe(HttpStatusCode.Accepted);
        var (status, text) = await SendAsync("""[{"unit": "u3", "metric": "a"}, {"unit": "", "metric": "a"}]""");

        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("outcome 2, unit");
        text.ShouldContain("MLB2230");
        (await EntriesAsync()).Select(entry => entry.Value).ShouldBe([1.0, -2.0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Outcomes_need_the_token_of_labels(string? token)
    {
        await OpenAsync();

        var (status, text) = await SendAsync("""{"unit": "u1", "metric": "a"}""", token);

        status.ShouldBe(HttpStatusCode.Unauthorized);
        text.ShouldContain("MLB5130");
        (await EntriesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[1]")]
    [InlineData("""{"unit": "u1"}""")]
    [InlineData("""{"metric": "a"}""")]
    [InlineData("""{"unit": 3, "metric": "a"}""")]
    [InlineData("""{"unit": "u1", "metric": "a", "value": "much"}""")]
    public async Task What_is_no_outcome_is_refused_with_an_example(string body)
    {
        await OpenAsync();

        var (status, text) = await SendAsync(body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("MLB5131");
        text.ShouldContain("metric");
        (await EntriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_at_once_are_refused()
    {
        await OpenAsync();
        var many = "[" + string.Join(',', Enumerable.Repeat("""{"unit":"u","metric":"a"}""", 10_001)) + "]";

        (await SendAsync(many)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_cannot_be_written_is_not_accepted_and_callers_still_get_answers()
    {
        await OpenAsync();
        await File.WriteAllTextAsync(_world.Predictions, "a file where the folder would be");

        var (status, text) = await SendAsync("""{"unit": "u1", "metric": "a"}""");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        text.ShouldContain("MLB5132");
        _world.Log().ShouldContain("units and outcomes cannot be written");
        using var answer = await _world.PostAsync("predict", "{}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_gateway_without_a_log_says_so()
    {
        await _world.OpenAsync(GatewayWorld.Alone(1, await _world.ServeAsync(Scripted.Version(1))));

        (await SendAsync("""{"unit": "u1", "metric": "a"}""")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private async Task OpenAsync() => await _world.OpenAsync(
        GatewayWorld.Alone(1, await _world.ServeAsync(Scripted.Version(1))), log: new(_world.Predictions));

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(string body, string? token = GatewayWorld.FeedbackToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Address, "outcome")) { Content = Scripted.Json(body) };
        request.Headers.Authorization = token == null ? null : new("Bearer", token);
        using var answer = await _world.Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<IReadOnlyList<UnitEntry>> EntriesAsync()
    {
        await _world.EndAsync();
        return Directory.Exists(_world.Predictions)
            ? [.. Directory.GetFiles(_world.Predictions, UnitEntry.Pattern).SelectMany(File.ReadLines)
                .Select(line => CanonicalJson.Deserialize<UnitEntry>(Encoding.UTF8.GetBytes(line)))]
            : [];
    }
}

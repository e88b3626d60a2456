using System.Net;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayExplainTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("explain", "1")]
    [InlineData("explain?version=1", "1")]
    [InlineData("explain?version=2", "2")]
    public async Task The_version_that_is_named_is_asked_else_the_one_that_serves_without_a_canary(string address, string version)
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Answer(200, """{"from":1}""")),
            await _world.ServeAsync(Scripted.Answer(200, """{"from":2}""")), 50));

        using var answer = await _world.PostAsync(address, "{}", id: "why");

        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"from":{{version}}}""");
        answer.Headers.GetValues(ServerHeaders.Version).ShouldBe([version]);
        answer.Headers.GetValues(ServerHeaders.RequestId).ShouldBe(["why"]);
    }

    [Fact]
    public async Task A_version_that_does_not_serve_is_told_with_those_that_do()
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), 50));

        using var answer = await _world.PostAsync("explain?version=7", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("1, 2");
    }

    [Fact]
    public async Task What_the_model_server_refuses_is_passed_on()
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Answer(501, """{"error":"no"}""")), await _world.ServeAsync(Scripted.Version(2)), 50));

        using var answer = await _world.PostAsync("explain", "{}");

        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((501, """{"error":"no"}"""));
    }

    [Fact]
    public async Task Where_no_server_answers_that_is_said()
    {
        await _world.OpenAsync(GatewayWorld.Trial(Scripted.ClosedPort(), Scripted.ClosedPort(), 50));

        using var answer = await _world.PostAsync("explain", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>Neither the canary's judge nor the log of predictions hears of it.</summary>
    [Fact]
    public async Task It_counts_nowhere()
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Answer(200, "{}")), await _world.ServeAsync(Scripted.Version(2)), 50, mirror: 100));

        using var answer = await _world.PostAsync("explain", "{}");

        (await _world.TrafficAsync(0)).Requests.ShouldBeEmpty();
    }
}

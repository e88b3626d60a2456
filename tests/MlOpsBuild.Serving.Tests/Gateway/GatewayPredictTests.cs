using System.Net;
using System.Text.Json;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Hosting;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayPredictTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_callers_request_id_is_kept_all_the_way()
    {
        await OpenAsync(await _world.ServeAsync(Scripted.Version(1, 2.25)));

        using var answer = await _world.PostAsync("predict", "{}", id: "my-request");

        answer.Headers.GetValues(ServerHeaders.RequestId).ShouldBe(["my-request"]);
        (await BodyAsync<PredictionAnswer>(answer)).ShouldBe(new(2.25, 1, "my-request"));
    }

    [Fact]
    public async Task A_request_without_id_gets_one_of_its_own()
    {
        await OpenAsync(await _world.ServeAsync(Scripted.Version(1)));

        using var one = await _world.PostAsync("predict", "{}");
        using var other = await _world.PostAsync("predict", "{}");

        var id = one.Headers.GetValues(ServerHeaders.RequestId).Single();
        id.Length.ShouldBe(32);
        other.Headers.GetValues(ServerHeaders.RequestId).Single().ShouldNotBe(id);
        (await BodyAsync<PredictionAnswer>(one)).Id.ShouldBe(id);
    }

    [Fact]
    public async Task The_body_reaches_the_model_server_unchanged()
    {
        var received = "";
        await OpenAsync(await _world.ServeAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            received = await reader.ReadToEndAsync();
            await Scripted.Version(1)(context);
        }));

        using var answer = await _world.PostAsync("predict", """{"temperature": 0.5, "city": "Zürich"}""");

        received.ShouldBe("""{"temperature": 0.5, "city": "Zürich"}""");
    }

    [Fact]
    public async Task Wrong_input_is_passed_on_as_it_is_and_says_nothing_about_a_version()
    {
        const string Body = """{"error":"The input was not accepted","findings":[{"what":"Missing feature","where":"body.temperature"}]}""";
        await OpenAsync(await _world.ServeAsync(Scripted.Answer(400, Body)));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BodyAsync<ProblemAnswer>(answer)).Findings.ShouldHaveSingleItem().What.ShouldBe("Missing feature");
        (await _world.CountsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_version_is_told_to_the_caller_and_counted()
    {
        await OpenAsync(await _world.ServeAsync(Scripted.Answer(500, """{"error":"broken","findings":[]}""")));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var counts = (await _world.CountsAsync()).ShouldHaveSingleItem().Baseline;
        (counts.Requests, counts.Of(BadEvent.Error)).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(0, 2)]
    public async Task An_arm_that_does_not_answer_is_counted_bad_and_the_other_one_answers(double percent, int answering)
    {
        var alive = await _world.ServeAsync(Scripted.Version(answering));
        var dead = Scripted.ClosedPort();
        await _world.OpenAsync(new(1, new(1, answering == 1 ? alive : dead), new(2, answering == 2 ? alive : dead), percent, GatewayWorld.Limits));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Scripted.VersionOf(answer).ShouldBe(answering);
        var epoch = (await _world.CountsAsync()).ShouldHaveSingleItem();
        var (bad, good) = answering == 1 ? (epoch.Canary, epoch.Baseline) : (epoch.Baseline, epoch.Canary);
        (bad.Requests, bad.Of(BadEvent.Error), good.Requests).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task When_nobody_answers_the_caller_gets_a_reason_and_a_next_step()
    {
        await _world.OpenAsync(new(1, new(1, Scripted.ClosedPort()), new(2, Scripted.ClosedPort()), 50, GatewayWorld.Limits));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await BodyAsync<ProblemAnswer>(answer)).Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("./build.sh");
    }

    [Fact]
    public async Task Health_follows_the_baseline_and_being_alive_does_not()
    {
        await OpenAsync(await _world.ServeAsync(Scripted.Answer(200, "{}")));
        using (var ready = await _world.GetAsync("v2/health/ready"))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await _world.RouteAsync(new(2, new(1, Scripted.ClosedPort()), null, 0, GatewayWorld.Limits));

        using var notReady = await _world.GetAsync("v2/health/ready");
        using var live = await _world.GetAsync("v2/health/live");
        (notReady.StatusCode, live.StatusCode).ShouldBe((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK));
    }

    [Fact]
    public async Task An_unknown_address_lists_the_known_ones()
    {
        await OpenAsync(1);

        using var answer = await _world.GetAsync("nowhere");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await BodyAsync<ProblemAnswer>(answer)).Findings[0].Expected.ShouldNotBeNull().ShouldContain("POST /predict");
    }

    private static async Task<T> BodyAsync<T>(HttpResponseMessage answer) => JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(), JsonAnswer.OneLine)!;

    private Task OpenAsync(int port) => _world.OpenAsync(new(1, new(1, port), null, 0, GatewayWorld.Limits));
}

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
        (await BodyAsync<PredictionAnswer>(answer)).ShouldBe(new(1, "my-request") { Prediction = 2.25 });
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
        var refusing = await _world.ServeAsync(Scripted.Answer(400, Body));
        await _world.OpenAsync(GatewayWorld.Trial(refusing, await _world.ServeAsync(Scripted.Answer(400, Body)), 50, mirror: 100) with
        {
            Contract = new([], ["temperature"])
        });

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BodyAsync<ProblemAnswer>(answer)).Findings.ShouldHaveSingleItem().What.ShouldBe("Missing feature");
        (await _world.TrafficAsync(0)).Requests.ShouldBeEmpty();
    }

    /// <summary>A canary that refused 30 % of valid requests was promoted in 84 % of runs: refusals were not counted.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_refusal_of_a_request_that_keeps_the_contract_is_an_event(int champion)
    {
        var contract = new Scoring.Rows.RequestContract([new("temperature", Core.Fields.FieldKind.Real)], ["temperature"]);
        var baseline = await _world.ServeAsync(champion == 200 ? Scripted.Version(1) : Scripted.Answer(400, "{}"));
        await _world.OpenAsync(GatewayWorld.Trial(baseline, await _world.ServeAsync(Scripted.Answer(400, "{}")), 50, mirror: 100) with
        {
            Contract = contract
        });

        await _world.PostTextAsync("predict", """{"temperature": 3}""");

        var seen = (await _world.TrafficAsync(1)).Requests.ShouldHaveSingleItem();
        (seen.Canary!.Bad, seen.Baseline!.Bad).ShouldBe((BadEvent.Refused, champion == 200 ? null : BadEvent.Refused));
    }

    [Theory]
    [InlineData("ünsichtbar")]
    [InlineData("two words")]
    public async Task A_request_id_that_cannot_stand_in_a_header_is_the_callers_fault_and_no_event(string id)
    {
        var port = await _world.ServeAsync(Scripted.Version(1));
        await _world.OpenAsync(GatewayWorld.Trial(port, await _world.ServeAsync(Scripted.Version(2)), 50, mirror: 100));

        using var answer = await _world.PostAsync("predict", "{}", id);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _world.TrafficAsync(0)).Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500, "{}", BadEvent.Error)]
    [InlineData(302, "{}", BadEvent.Error)]
    [InlineData(200, "{}", BadEvent.Invalid)]
    [InlineData(200, "not json", BadEvent.Invalid)]
    [InlineData(200, """{"prediction":"Infinity","version":2,"id":"a"}""", BadEvent.Invalid)]
    public async Task A_failing_version_is_told_to_the_caller_and_seen(int status, string body, BadEvent bad)
    {
        await _world.OpenAsync(
            GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Answer(status, body)), 100));

        using var answer = await _world.PostAsync("predict", "{}");

        ((int)answer.StatusCode).ShouldBe(status);
        var seen = (await _world.TrafficAsync(1)).Requests.ShouldHaveSingleItem();
        (seen.Served, seen.Canary!.Bad, seen.Baseline).ShouldBe((TrafficArm.Canary, bad, null));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(0, 2)]
    public async Task An_arm_that_does_not_answer_is_seen_as_bad_and_the_other_one_answers(double percent, int answering)
    {
        var alive = await _world.ServeAsync(Scripted.Version(answering));
        var dead = Scripted.ClosedPort();
        await _world.OpenAsync(GatewayWorld.Trial(answering == 1 ? alive : dead, answering == 2 ? alive : dead, percent));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Scripted.VersionOf(answer).ShouldBe(answering);
        var seen = (await _world.TrafficAsync(1)).Requests.ShouldHaveSingleItem();
        var (bad, good) = answering == 1 ? (seen.Canary, seen.Baseline) : (seen.Baseline, seen.Canary);
        (bad!.Bad, good).ShouldBe((BadEvent.Error, null));
    }

    [Fact]
    public async Task What_is_warm_answers_when_the_baseline_is_dead()
    {
        await _world.OpenAsync(
            GatewayWorld.Alone(2, Scripted.ClosedPort()) with { Warm = [new(1, await _world.ServeAsync(Scripted.Version(1)))] });

        using var answer = await _world.PostAsync("predict", "{}");

        Scripted.VersionOf(answer).ShouldBe(1);
    }

    [Fact]
    public async Task When_nobody_answers_the_caller_gets_a_reason_and_a_next_step()
    {
        await _world.OpenAsync(GatewayWorld.Trial(Scripted.ClosedPort(), Scripted.ClosedPort(), 50));

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await BodyAsync<ProblemAnswer>(answer)).Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("./build.sh");
    }

    [Fact]
    public async Task Before_a_version_was_put_in_place_nothing_serves()
    {
        await _world.OpenAsync(RouteTable.Empty);

        using var answer = await _world.PostAsync("predict", "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_body_larger_than_the_limit_is_refused_and_no_event()
    {
        await _world.OpenAsync(
            GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), 50),
            limits: new() { BodyBytes = 1000 });

        using var announced = await _world.PostAsync("predict", new string(' ', 1001));

        announced.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _world.TrafficAsync(0)).Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_bodies_at_once_than_may_be_held_are_sent_away()
    {
        await _world.OpenAsync(
            GatewayWorld.Alone(1, await _world.ServeAsync(Scripted.Version(1))), limits: new() { BodyBytesTogether = 100 });

        using var answer = await _world.PostAsync("predict", new string(' ', 101));

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>A body that is on its way to a server that hangs takes as much memory as one that is being read.</summary>
    [Fact]
    public async Task A_body_is_held_until_it_is_answered()
    {
        var (arrived, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await _world.OpenAsync(
            GatewayWorld.Alone(1, await _world.ServeAsync(async context =>
            {
                arrived.TrySetResult();
                await answer.Task;
                await Scripted.Version(1)(context);
            })),
            limits: new() { BodyBytesTogether = 150 });
        var first = _world.PostAsync("predict", new string(' ', 100));
        await arrived.Task;

        using (var second = await _world.PostAsync("predict", new string(' ', 60)))
        {
            second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        answer.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var after = await _world.PostAsync("predict", new string(' ', 100));
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_follows_the_baseline_and_being_alive_does_not()
    {
        await OpenAsync(await _world.ServeAsync(Scripted.Answer(200, "{}")));
        using (var ready = await _world.GetAsync("v2/health/ready"))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await _world.RouteAsync(GatewayWorld.Alone(1, Scripted.ClosedPort()));

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

    private static async Task<T> BodyAsync<T>(HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<T>(await answer.Content.ReadAsStringAsync(), JsonAnswer.OneLine)!;

    private Task OpenAsync(int port) => _world.OpenAsync(GatewayWorld.Alone(1, port));
}

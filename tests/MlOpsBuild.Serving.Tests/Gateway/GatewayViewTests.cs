using System.Net;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Serving.Gateway.Tests;

/// <summary>Requests that bring keys only.</summary>
[Collection(nameof(LoopbackCollection))]
public sealed class GatewayViewTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldRule Station = new("station", FieldKind.Text);

    private static readonly JoinedView Weather = new("weather", [Station], [new("Degrees", "degrees"), new("Sky", "sky")])
    {
        MaxAge = TimeSpan.FromHours(3)
    };

    private readonly GatewayWorld _world = new();
    private readonly List<string> _received = [];

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Columns_that_a_request_lacks_are_filled()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""), Value("south", 2, "null", "\"rain\""));
        await OpenAsync(Weather);

        await PredictAsync("""{ "station": "north", "hour": 7 }""");
        await PredictAsync("""[{"station":"south"},{"station":"north"}]""");

        _received.ShouldBe(
        [
            """{ "station": "north", "hour": 7 ,"degrees":1.5,"sky":"dry"}""",
            """[{"station":"south","degrees":null,"sky":"rain"},{"station":"north","degrees":1.5,"sky":"dry"}]""",
        ]);
    }

    [Fact]
    public async Task What_a_request_brings_itself_counts()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""));
        await OpenAsync(Weather);

        await PredictAsync("""{"station":"north","degrees":9}""");
        await PredictAsync("""{"station":"north","degrees":null,"sky":"rain"}""");

        _received.ShouldBe(["""{"station":"north","degrees":9,"sky":"dry"}""", """{"station":"north","degrees":null,"sky":"rain"}"""]);
    }

    [Fact]
    public async Task What_nobody_knows_and_what_is_too_old_is_missing_and_counted()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""), Value("old", 4, "1", "\"dry\""), Value("future", -1, "1", "\"dry\""));
        await OpenAsync(Weather);

        await PredictAsync("""[{"station":"east"},{"station":"old"},{"station":"future"},{},{"station":"north"}]""");

        _received.Single().ShouldBe(
            """[{"station":"east","degrees":null,"sky":null},{"station":"old","degrees":null,"sky":null},{"station":"future","degrees":null,"sky":null},{"degrees":null,"sky":null},{"station":"north","degrees":1.5,"sky":"dry"}]""");
        using var metrics = await _world.GetAsync("metrics");
        var text = await metrics.Content.ReadAsStringAsync();
        text.ShouldContain("""mlops_lookups_total{pipeline="Tiny",view="weather",outcome="found"} 1""");
        text.ShouldContain("""mlops_lookups_total{pipeline="Tiny",view="weather",outcome="stale"} 1""");
        text.ShouldContain("""mlops_lookups_total{pipeline="Tiny",view="weather",outcome="unknown"} 3""");
    }

    [Fact]
    public async Task Keys_are_the_same_however_they_are_written()
    {
        await WriteAsync(new OnlineValue("7|2026-11-01|1", new(Now.AddHours(-1).UtcTicks, 0), ["3", "null"]));
        await OpenAsync(Weather with
        {
            Keys = [new("shop", FieldKind.Whole), new("day", FieldKind.Date), new("open", FieldKind.Flag)]
        });

        await PredictAsync("""{"shop":7.0,"day":"2026-11-01","open":true}""");

        _received.Single().ShouldEndWith(""","degrees":3,"sky":null}""");
    }

    [Fact]
    public async Task Nothing_is_predicted_while_values_cannot_be_had()
    {
        await OpenAsync(Weather);

        using var answer = await _world.PostAsync("predict", """{"station":"north"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("MLB5119");
        _received.ShouldBeEmpty();
        await PredictAsync("""{"station":"north","degrees":1,"sky":"dry"}""");
        _received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Values_of_another_definition_are_none()
    {
        await Store().WriteAsync("weather", new("1", Now, 0, ["Degrees"]), [], CancellationToken.None);
        await OpenAsync(Weather);

        (await _world.PostTextAsync("predict", """{"station":"north"}""")).ShouldContain("MLB5119");
    }

    [Fact]
    public async Task New_values_are_taken_up_while_it_serves()
    {
        await WriteAsync(Value("north", 1, "1", "\"dry\""));
        await OpenAsync(Weather, TimeProvider.System, old: true);
        await PredictAsync("""{"station":"north"}""");
        await WriteAsync(Value("north", 1, "2", "\"dry\""));

        for (var patience = 0; patience < 500 && !_received[^1].Contains("\"degrees\":2", StringComparison.Ordinal); patience++)
        {
            await Task.Delay(10);
            await PredictAsync("""{"station":"north"}""");
        }

        _received[0].ShouldContain("\"degrees\":1");
        _received[^1].ShouldContain("\"degrees\":2");
    }

    [Fact]
    public async Task Both_arms_of_a_mirror_get_the_same_values_as_far_as_they_know_the_columns()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""));
        var other = new List<string>();
        var routes = GatewayWorld.Trial(await _world.ServeAsync(_received), await _world.ServeAsync(other), 50, mirror: 100);
        await OpenAsync(routes with
        {
            Baseline = routes.Baseline! with { Views = [Weather with { Columns = [new("Degrees", "degrees")] }] },
            Canary = routes.Canary! with { Views = [Weather] },
        });

        await PredictAsync("""{"station":"north"}""");
        await _world.TrafficAsync(1);

        _received.ShouldBe(["""{"station":"north","degrees":1.5}"""]);
        other.ShouldBe(["""{"station":"north","degrees":1.5,"sky":"dry"}"""]);
    }

    [Fact]
    public async Task A_version_without_views_gets_what_was_asked()
    {
        var other = new List<string>();
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""));
        var routes = GatewayWorld.Trial(await _world.ServeAsync(_received), await _world.ServeAsync(other), 50, mirror: 100);
        await OpenAsync(routes with { Canary = routes.Canary! with { Views = [Weather] } });

        await PredictAsync("""{"station":"north"}""");
        await _world.TrafficAsync(1);

        _received.ShouldBe(["""{"station":"north"}"""]);
        other.Single().ShouldContain("\"sky\":\"dry\"");
    }

    [Fact]
    public async Task The_log_has_what_was_looked_up_when_and_what_became_of_it()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""));
        await OpenAsync(Weather);

        await PredictAsync("""{"station":"north","sky":"rain"}""");
        await PredictAsync("""{"station":"east"}""");
        await PredictAsync("""{"station":"north","degrees":3,"sky":"rain"}""");

        var entries = await _world.EndAsync();
        entries.Select(entry => entry.Features!.ToJsonString()).ShouldBe(
        [
            """{"station":"north","sky":"rain","degrees":1.5}""", """{"station":"east","degrees":null,"sky":null}""",
            """{"station":"north","degrees":3,"sky":"rain"}""",
        ]);
        entries[0].LookedUp!.At.ShouldBe(Now);
        entries[0].LookedUp!.Views.ShouldBe(new Dictionary<string, LookupOutcome> { ["weather"] = LookupOutcome.Found });
        entries[0].LookedUp!.Columns.ShouldBe(["degrees"]);
        entries[1].LookedUp!.Views["weather"].ShouldBe(LookupOutcome.Unknown);
        entries[1].LookedUp!.Columns.ShouldBe(["degrees", "sky"]);
        entries[2].LookedUp.ShouldBeNull();
    }

    [Fact]
    public async Task Each_row_of_a_list_has_its_own()
    {
        await WriteAsync(Value("north", 1, "1.5", "\"dry\""));
        await OpenAsync(Weather, answer: """[{"version":1,"id":"a","prediction":1},{"version":1,"id":"b","prediction":2}]""");

        await PredictAsync("""[{"station":"north","degrees":3,"sky":"rain"},{"station":"north"}]""");

        (await _world.EndAsync()).Select(entry => entry.LookedUp?.Columns.Count).ShouldBe([null, 2]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("{\"station\":")]
    [InlineData("\"north\"")]
    public async Task What_is_no_row_is_left_to_the_model_server(string body)
    {
        await OpenAsync(Weather, keeps: false);

        await PredictAsync(body);

        _received.ShouldBe([body]);
    }

    [RedisFact]
    public async Task A_store_that_is_down_is_told_in_time_and_its_password_is_not()
    {
        using var redis = await RedisServer.StartAsync();
        await using (var store = new RedisOnlineStore(redis.Connection, "Tiny.local", TimeProvider.System))
        {
            await store.WriteAsync("weather", State(1), [Value("north", 1, "1.5", "\"dry\"")], CancellationToken.None);
        }

        await OpenAsync(
            Weather with { Store = OnlineStore.Redis("FEATURES") }, TimeProvider.System, old: true,
            variables: new() { ["FEATURES"] = redis.Connection });
        await PredictAsync("""{"station":"north"}""");
        _received.Single().ShouldContain("\"degrees\":1.5");

        redis.Dispose();
        using var answer = await _world.PostAsync("predict", """{"station":"north"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("MLB1301");
        (text + _world.Log()).ShouldNotContain(RedisServer.Password);
    }

    private static OnlineValue Value(string key, double hoursAgo, params string[] values) =>
        new(key, new(Now.AddHours(-hoursAgo).UtcTicks, Now.AddHours(-hoursAgo).UtcTicks), values);

    private static OnlineState State(int count) => new("1", Now, count, ["Degrees", "Sky"]);

    private FileOnlineStore Store() => new(_world.Features, TimeProvider.System);

    private Task WriteAsync(params OnlineValue[] values) =>
        Store().WriteAsync("weather", State(values.Length), values, CancellationToken.None);

    private async Task OpenAsync(
        JoinedView view, TimeProvider? time = null, bool old = false, string? answer = null, Dictionary<string, string>? variables = null,
        bool keeps = true)
    {
        var routes = GatewayWorld.Alone(1, await _world.ServeAsync(_received, answer));
        await OpenAsync(
            routes with { Baseline = routes.Baseline! with { Views = [old ? view with { MaxAge = null } : view] } }, time, variables,
            keeps);
    }

    private Task OpenAsync(
        RouteTable routes, TimeProvider? time = null, Dictionary<string, string>? variables = null, bool keeps = true) => _world.OpenAsync(
        routes with
        {
            Contract = new([Station, new("degrees", FieldKind.Real, Optional: true), new("sky", FieldKind.Text, Optional: true)], [])
        },
        time: time ?? new StandingTime(Now), log: keeps ? new(_world.Predictions) : null, variables: variables);

    private async Task PredictAsync(string body)
    {
        using var answer = await _world.PostAsync("predict", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    // What waits goes on as it always does; only the date stands still.
    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

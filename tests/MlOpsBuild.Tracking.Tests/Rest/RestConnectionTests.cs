using System.Net;
using System.Text.Json.Nodes;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Tracking;

namespace MlOpsBuild.Tracking.Rest.Tests;

public sealed class RestConnectionTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new();
    private FakeMlflow _server = null!;
    private RestConnection _rest = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeMlflow.StartAsync(CancellationToken.None);
        _rest = new(TrackingServer.Parse(_server.Address, "--mlflow", new Dictionary<string, string>()), _time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _rest.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_refusal_says_MLflows_code_and_words()
    {
        var refused = await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.GetAsync("mlflow/experiments/get-by-name", [("experiment_name", "none")], CancellationToken.None));

        (refused.Status, refused.Code, refused.IsMissing).ShouldBe((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", true));
        refused.Message.ShouldContain("Could not find experiment with name 'none'");
        (refused.MayBeDone, refused.IsOfEverything).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_after_growing_pauses()
    {
        var before = _time.GetUtcNow();
        _server.FailNext(3, 500, retryAfter: null);

        (await _rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None))["experiment_id"]!
            .GetValue<string>().ShouldBe("1");

        (_time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(1 + 2 + 4));
        _server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_busy_server_says_how_long_to_wait()
    {
        var before = _time.GetUtcNow();
        _server.FailNext(1, 429, retryAfter: "17");

        await _rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None);

        (_time.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Fact]
    public async Task A_pause_of_more_than_a_minute_is_not_waited_for()
    {
        _server.FailNext(1, 429, retryAfter: "3600");

        var refused = await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None));

        (refused.Status, refused.IsOfEverything).ShouldBe((HttpStatusCode.TooManyRequests, true));
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_given_up_after_five_attempts()
    {
        _server.FailNext(9, 503);

        (await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None)))
            .Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        _server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_one_refusal_that_names_it()
    {
        await _server.GoAwayAsync(CancellationToken.None);

        var refused = await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.GetAsync("mlflow/experiments/get", [("experiment_id", "1")], CancellationToken.None));

        (refused.Status, refused.MayBeDone).ShouldBe((null, true));
        refused.Message.ShouldContain(new Uri(_server.Address).Authority);
    }

    [Fact]
    public async Task A_proxys_page_is_not_taken_for_the_servers_answer()
    {
        _server.ShowPages(1);

        var refused = await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.GetAsync("mlflow/experiments/get-by-name", [("experiment_name", "a")], CancellationToken.None));

        refused.Message.ShouldContain("text/html instead of JSON");
        refused.IsOfEverything.ShouldBeTrue();
    }

    /// <summary>The answer is lost, not the experiment: it is looked for before it is made once more.</summary>
    [Fact]
    public async Task What_may_have_been_made_is_looked_for_before_it_is_made_again()
    {
        _server.LoseNextAnswer(call => call == "POST mlflow/runs/create");
        var calls = new RunCalls(_rest);
        var experiment = await calls.ExperimentAsync("Demand", [], CancellationToken.None);

        var run = await calls.RunAsync(
            experiment, new("mlops.run", "r1"), "r1", DateTimeOffset.UnixEpoch, CancellationToken.None);

        _server.Runs.ShouldHaveSingleItem().Id.ShouldBe(run.Id);
        run.Tags["mlops.run"].ShouldBe("r1");
    }

    [Fact]
    public async Task What_somebody_else_made_in_between_is_taken()
    {
        var calls = new ModelCalls(_rest);
        _server.Register("Demand", new Dictionary<string, byte[]>());

        // The look comes too early: the model is there when it is to be made.
        _server.FailNext(1, 404, which: call => call == "GET mlflow/registered-models/get");

        (await calls.ModelAsync("Demand", [new("mlops.pipeline", "Demand")], CancellationToken.None)).Tags.ShouldBeEmpty();

        _server.Requests.ShouldBe(
        [
            "GET mlflow/registered-models/get", "POST mlflow/registered-models/create", "GET mlflow/registered-models/get",
        ]);
    }

    [Fact]
    public async Task Credentials_go_with_every_request()
    {
        _server.Authorization = "Bearer tok-1";
        await Should.ThrowAsync<TrackingRefusedException>(
            () => _rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None));
        var server = TrackingServer.Parse(
            _server.Address, "--mlflow", new Dictionary<string, string> { ["MLFLOW_TRACKING_TOKEN"] = "tok-1" });

        using var rest = new RestConnection(server, _time);
        await rest.PostAsync("mlflow/experiments/create", new() { ["name"] = "a" }, CancellationToken.None);

        _server.Experiments.Values.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_search_goes_on_to_the_last_page()
    {
        _server.LargestPage = 2;
        var calls = new RunCalls(_rest);
        var experiment = await calls.ExperimentAsync("Demand", [], CancellationToken.None);
        for (var number = 0; number < 5; number++)
        {
            await calls.RunAsync(
                experiment, new("mlops.run", $"r{number}"), $"r{number}", DateTimeOffset.UnixEpoch, CancellationToken.None);
        }

        var found = new List<string>();
        await foreach (var run in calls.SearchAsync(experiment, null, CancellationToken.None))
        {
            found.Add(run.Tags["mlops.run"]);
        }

        found.ShouldBe(["r4", "r3", "r2", "r1", "r0"]);
        _server.Requests.Count(call => call == "POST mlflow/runs/search").ShouldBe(5 + 3);
    }

    [Fact]
    public async Task An_artifact_comes_back_as_it_went_and_not_beyond_the_limit()
    {
        var content = Enumerable.Range(0, 100_000).Select(number => (byte)number).ToArray();
        var folder = ArtifactFolder.Of(_rest, "mlflow-artifacts:/1/ab c/artifacts").ShouldNotBeNull();

        await folder.PutAsync("model/größe.bin", content, CancellationToken.None);

        _server.Artifacts["1/ab c/artifacts/model/größe.bin"].ShouldBe(content);
        using var loaded = new MemoryStream();
        await folder.LoadAsync("model/größe.bin", loaded, content.Length, CancellationToken.None);
        loaded.ToArray().ShouldBe(content);
        (await Should.ThrowAsync<TrackingRefusedException>(
            () => folder.LoadAsync("model/größe.bin", new MemoryStream(), content.Length - 1, CancellationToken.None)))
            .Message.ShouldContain("more than 99999 bytes");
    }

    [Theory]
    [InlineData("mlflow-artifacts:/1/r/artifacts", true)]
    [InlineData("mlflow-artifacts://host:5000/1/r/artifacts", true)]
    [InlineData("s3://bucket/1/r/artifacts", false)]
    [InlineData("/var/mlruns/1/r/artifacts", false)]
    public async Task Only_artifacts_behind_the_server_are_reached(string address, bool reached)
    {
        var folder = ArtifactFolder.Of(_rest, address);
        (folder != null).ShouldBe(reached);
        if (folder != null)
        {
            await folder.PutAsync("a.txt", [1], CancellationToken.None);
            _server.Artifacts.Keys.ShouldBe(["1/r/artifacts/a.txt"]);
        }
    }

    [Fact]
    public async Task The_server_refuses_what_its_definition_does_not_have()
    {
        foreach (var (path, body, expected) in new (string, JsonObject, string)[]
        {
            ("mlflow/experiments/create", new() { ["title"] = "a" }, "has no field named \"title\""),
            ("mlflow/experiments/create", new() { ["name"] = 7 }, "is no string"),
            ("mlflow/experiments/create", [], "Missing value for required parameter 'name'"),
            ("mlflow/runs/update", new() { ["run_id"] = "1", ["status"] = "DONE" }, "is no RunStatus"),
            (
                "mlflow/runs/log-batch",
                new() { ["run_id"] = "1", ["metrics"] = new JsonArray(new JsonObject { ["name"] = "a" }) }, "has no field named \"name\""),
        })
        {
            var refused = await Should.ThrowAsync<TrackingRefusedException>(() => _rest.PostAsync(path, body, CancellationToken.None));
            (refused.Code, refused.Status).ShouldBe(("INVALID_PARAMETER_VALUE", HttpStatusCode.BadRequest));
            refused.Message.ShouldContain(expected);
        }
    }
}

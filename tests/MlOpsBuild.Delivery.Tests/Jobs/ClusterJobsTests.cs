using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments.Kubernetes;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.TestKit;
using MlOpsBuild.TestKit.Kubernetes;

namespace MlOpsBuild.Delivery.Jobs.Tests;

/// <summary>Jobs in a cluster whose controller is the test kit's, and whose node is the test itself.</summary>
public sealed class ClusterJobsTests : IAsyncDisposable
{
    private const string Space = FakeApiServer.Space;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ClusterJob Usual = new(
        "mlops-train-0123456789ab", "BikeDemand", "train", "registry.example.com/jobs@sha256:" + new string('a', 64), ["RunStage"],
        new() { Retries = 1 });

    private static readonly ClusterJob WithToken = Usual with { Secrets = new Dictionary<string, string> { ["TOKEN"] = "s3cret" } };

    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _heard = [];
    private readonly ManualTime _clock = new(new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private FakeApiServer _server = null!;
    private FakeJobController _controller = null!;
    private ClusterJobs _jobs = null!;
    private Task _controlling = Task.CompletedTask;

    [Fact]
    public async Task A_job_gives_what_its_pod_answered_and_leaves_nothing_in_the_cluster()
    {
        await StartAsync();
        var running = _jobs.RunAsync(WithToken, Heard, default);
        var pod = await PodAsync(1);
        Convert.FromBase64String((string)_server.Objects.Find("secrets", Space, Usual.Name)!["data"]!["TOKEN"]!)
            .ShouldBe("s3cret"u8.ToArray());
        pod.ToJsonString().ShouldNotContain("s3cret");
        JsonNode? Owner() => _server.Objects.Find("secrets", Space, Usual.Name)!["metadata"]!["ownerReferences"]?[0];
        await UntilAsync(() => Owner() != null);
        ((string)Owner()!["kind"]!, (string)Owner()!["uid"]!).ShouldBe(
            ("Job", (string)_server.Objects.Find("jobs", Space, Usual.Name)!["metadata"]!["uid"]!));
        _server.Follow = _ => new[] { "training on 17,379 rows", "done" }.ToAsyncEnumerable();
        Tell(pod, "Running", Container("running", []));
        await UntilAsync(() => _heard.Contains("train-0123456789ab: done"));
        Tell(pod, "Succeeded", Ended(0, "Completed", "the answer"));

        (await running.WaitAsync(Patience)).ShouldBe("the answer");
        _heard.ShouldContain("train-0123456789ab: training on 17,379 rows");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_refused_leaves_no_secret_behind()
    {
        await StartAsync();
        _server.Fail(IsJobApplied, 403);

        await Should.ThrowAsync<FindingsException>(_jobs.RunAsync(WithToken, Heard, default));

        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_is_stopped_while_it_makes_a_job_leaves_no_secret_behind()
    {
        await StartAsync();
        using var stop = new CancellationTokenSource();
        _server.Fail(IsJobApplied, 0, delay: Patience);
        var running = _jobs.RunAsync(WithToken, Heard, stop.Token);
        await UntilAsync(() => _server.Objects.Find("secrets", Space, Usual.Name) != null);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(Patience));
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_API_server_that_is_away_for_a_while_ends_no_job()
    {
        await StartAsync();
        var running = _jobs.RunAsync(Usual, Heard, default);
        var pod = await PodAsync(1);
        _server.Fail(
            request => request.Method == "GET" && request.Path.Value!.Contains("/jobs/", StringComparison.Ordinal), 503, times: 12);
        await UntilAsync(() => _heard.Exists(line => line.EndsWith("; the job is asked for again", StringComparison.Ordinal)));
        Tell(pod, "Succeeded", Ended(0, "Completed", "the answer"));

        (await running.WaitAsync(Patience)).ShouldBe("the answer");
        Left().ShouldBeEmpty();
    }

    private static bool IsJobApplied(Microsoft.AspNetCore.Http.HttpRequest request) =>
        request.Method == "PATCH" && request.Path.Value!.Contains("/jobs/", StringComparison.Ordinal);

    [Fact]
    public async Task A_pod_that_ends_early_is_followed_by_another_one_as_often_as_the_policy_says()
    {
        await StartAsync();
        var running = _jobs.RunAsync(Usual, Heard, default);
        Tell(await PodAsync(1), "Failed", Ended(137, "OOMKilled", ""));
        await UntilAsync(() => _heard.Exists(line => line.Contains("more memory than it may (OOMKilled)", StringComparison.Ordinal)));
        _server.Log = (_, _) => Task.FromResult("out of\nrange\n");
        Tell(await PodAsync(2), "Failed", Ended(1, "Error", ""));

        var problem = (await Should.ThrowAsync<StageFailedException>(running.WaitAsync(Patience))).Findings.ShouldHaveSingleItem();
        problem.Code.ShouldBe("MLB5068");
        problem.Value.ShouldBe("2 of its pods ended early; exit code 1");
        problem.Fix!.ShouldContain("out of ⏎ range");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_dies_is_a_retry_that_does_not_count()
    {
        await StartAsync();
        var running = _jobs.RunAsync(Usual with { Policy = new() { Retries = 0 } }, Heard, default);
        for (var lost = 1; lost <= 3; lost++)
        {
            Tell(await PodAsync(lost), "Failed", null, new()
            {
                ["type"] = "DisruptionTarget", ["status"] = "True", ["reason"] = "DeletionByTaintManager",
            });
        }

        Tell(await PodAsync(4), "Succeeded", Ended(0, "Completed", "at last"));
        (await running.WaitAsync(Patience)).ShouldBe("at last");
    }

    [Fact]
    public async Task What_takes_longer_than_its_deadline_is_ended()
    {
        await StartAsync();
        var running = _jobs.RunAsync(Usual with { Policy = new() { Deadline = TimeSpan.FromMinutes(5) } }, Heard, default);
        Tell(await PodAsync(1), "Running", Container("running", []));
        _clock.Advance(TimeSpan.FromMinutes(6));
        (await Should.ThrowAsync<StageFailedException>(running.WaitAsync(Patience))).Message.ShouldContain("longer than its deadline");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_of_the_build_ends_the_job_too()
    {
        await StartAsync();
        using var stop = new CancellationTokenSource();
        var running = _jobs.RunAsync(Usual, Heard, stop.Token);
        Tell(await PodAsync(1), "Running", Container("running", []));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(Patience));
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_keeps_a_pod_waiting_is_told_once()
    {
        await StartAsync();
        var running = _jobs.RunAsync(Usual, Heard, default);
        var pod = await PodAsync(1);
        Tell(pod, "Pending", null, new()
        {
            ["type"] = "PodScheduled", ["status"] = "False", ["reason"] = "Unschedulable", ["message"] = "0/3 nodes are available: gpu",
        });
        await UntilAsync(() => _heard.Contains("train-0123456789ab: no node takes it: 0/3 nodes are available: gpu"));
        Tell(pod, "Pending", Container("waiting", new() { ["reason"] = "ImagePullBackOff", ["message"] = "no such image" }));
        await UntilAsync(() => _heard.Contains("train-0123456789ab: ImagePullBackOff: no such image"));
        Tell(pod, "Succeeded", Ended(0, "Completed", "yes"));
        await running.WaitAsync(Patience);
        _heard.Count(line => line.Contains("no node", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_another_build_began_is_waited_for_and_not_taken_away()
    {
        await StartAsync();
        using var killed = new CancellationTokenSource();
        var first = _jobs.RunAsync(Usual, new Progress(_ => { }), killed.Token);
        var pod = await PodAsync(1);
        var second = _jobs.RunAsync(Usual, Heard, default);
        await UntilAsync(() => _heard.Exists(line => line.Contains("another build began", StringComparison.Ordinal)));
        Tell(pod, "Succeeded", Ended(0, "Completed", "both"));
        (await first.WaitAsync(Patience)).ShouldBe("both");

        // Where the other one took it away first, it is begun once more.
        if (await Task.WhenAny(second, PodAsync(1)) is Task<JsonObject> anew)
        {
            Tell(await anew, "Succeeded", Ended(0, "Completed", "both"));
        }

        (await second.WaitAsync(Patience)).ShouldBe("both");
    }

    [Fact]
    public async Task Pods_that_are_left_of_an_earlier_job_of_the_same_name_say_nothing_of_the_next()
    {
        await StartAsync();
        _controller.Collects = false;
        var first = _jobs.RunAsync(Usual, Heard, default);
        Tell(await PodAsync(1), "Failed", Ended(1, "Error", ""));
        Tell(await PodAsync(2), "Failed", Ended(1, "Error", ""));
        await Should.ThrowAsync<StageFailedException>(first.WaitAsync(Patience));
        lock (_heard)
        {
            _heard.Clear();
        }

        var second = _jobs.RunAsync(Usual, Heard, default);
        Tell(await PodAsync(1), "Failed", Ended(137, "OOMKilled", ""));
        Tell(await PodAsync(2), "Failed", Ended(1, "Error", ""));
        (await Should.ThrowAsync<StageFailedException>(second.WaitAsync(Patience))).Findings.Single().Value
            .ShouldBe("2 of its pods ended early; exit code 1");
        _heard.Count(line => line.Contains("ended early", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_pod_gets_what_the_policy_says_and_may_do_no_more_than_it_needs()
    {
        await StartAsync(new() { PullSecret = "logins" });
        using var stop = new CancellationTokenSource();
        var running = _jobs.RunAsync(
            Usual with
            {
                Policy = new()
                {
                    Processors = "2", ProcessorLimit = "4", Memory = "8Gi", Gpus = 1, Retries = 3, Deadline = TimeSpan.FromHours(1),
                    Nodes = new Dictionary<string, string> { ["pool"] = "gpu" }, Tolerated = ["nvidia.com/gpu"],
                },
            },
            Heard, stop.Token);
        var (pod, job) = (await PodAsync(1), _server.Objects.Find("jobs", Space, Usual.Name)!);
        var (spec, container) = (pod["spec"]!, pod["spec"]!["containers"]![0]!);
        container["resources"]!.ToJsonString().ShouldBe(
            """{"limits":{"memory":"8Gi","cpu":"4","nvidia.com/gpu":"1"},"requests":{"cpu":"2","memory":"8Gi"}}""");
        ((int)job["spec"]!["backoffLimit"]!, (int)job["spec"]!["activeDeadlineSeconds"]!).ShouldBe((3, 3600));
        ((string)spec["nodeSelector"]!["pool"]!, (string)spec["tolerations"]![0]!["key"]!).ShouldBe(("gpu", "nvidia.com/gpu"));
        ((bool)spec["securityContext"]!["runAsNonRoot"]!, (bool)container["securityContext"]!["readOnlyRootFilesystem"]!,
            (bool)spec["automountServiceAccountToken"]!).ShouldBe((true, true, false));
        ((string)container["securityContext"]!["capabilities"]!["drop"]![0]!).ShouldBe("ALL");
        container["env"]!.ToJsonString().ShouldContain("DOCKER_CONFIG");
        ((string)spec["imagePullSecrets"]![0]!["name"]!).ShouldBe("logins");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_cluster_that_does_not_let_jobs_be_made_is_told_with_the_right_that_lacks()
    {
        await StartAsync();
        _server.Forbid("patch", "jobs");
        (await Should.ThrowAsync<UsageException>(_jobs.RunAsync(Usual, Heard, default))).Message.ShouldContain("jobs");
    }

    [Fact]
    public async Task A_busy_API_server_is_asked_again()
    {
        await StartAsync();
        _server.Fail(request => request.Path.Value!.Contains("/jobs", StringComparison.Ordinal), 429, times: 2);
        var running = _jobs.RunAsync(Usual, Heard, default);
        Tell(await PodAsync(1), "Succeeded", Ended(0, "Completed", "yes"));
        (await running.WaitAsync(Patience)).ShouldBe("yes");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _controlling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _jobs.Dispose();
        await _server.DisposeAsync();
        _ending.Dispose();
    }

    private Progress Heard => new(line =>
    {
        lock (_heard)
        {
            _heard.Add(line);
        }
    });

    private async Task StartAsync(KubernetesSettings? settings = null)
    {
        _server = await FakeApiServer.StartAsync();
        _jobs = new(
            (settings ?? new()) with { ConfigFile = _server.ConfigFile }, new Dictionary<string, string>(), false, TimeProvider.System);
        _controller = new FakeJobController(_server.Objects, _clock);
        _controlling = Task.Run(async () =>
        {
            while (true)
            {
                _controller.Control();
                await Task.Delay(10, _ending.Token);
            }
        });
    }

    private async Task<JsonObject> PodAsync(int number)
    {
        await UntilAsync(() => Pods().Count >= number);
        return Pods()[number - 1];
    }

    // Of the job that is there now.
    private IReadOnlyList<JsonObject> Pods() => _server.Objects.Find("jobs", Space, Usual.Name) is { } job
        ? _server.Objects.List("pods", Space, $"{FakeJobController.Owner}={(string)job["metadata"]!["uid"]!}") : [];

    private IEnumerable<string> Left() => new[] { "jobs", "secrets" }.SelectMany(kind => _server.Objects.List(kind, Space, null))
        .Select(left => left.ToJsonString());

    private void Tell(JsonObject pod, string phase, JsonObject? container, JsonObject? condition = null)
    {
        var status = new JsonObject { ["phase"] = phase };
        if (container != null)
        {
            status["containerStatuses"] = new JsonArray(container);
        }

        if (condition != null)
        {
            status["conditions"] = new JsonArray(condition);
        }

        _server.Objects.SetStatus("pods", Space, (string)pod["metadata"]!["name"]!, status);
    }

    private static JsonObject Ended(int code, string reason, string message) =>
        Container("terminated", new() { ["exitCode"] = code, ["reason"] = reason, ["message"] = message });

    private static JsonObject Container(string state, JsonObject how) => new()
    {
        ["name"] = "stage", ["ready"] = state == "running", ["restartCount"] = 0, ["image"] = "image", ["imageID"] = "image",
        ["state"] = new JsonObject { [state] = how },
    };

    private async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Holds())
        {
            await Task.Delay(20, patience.Token);
        }

        bool Holds()
        {
            lock (_heard)
            {
                return holds();
            }
        }
    }

    private sealed class Progress(Action<string> tell) : IProgress<string>
    {
        public void Report(string value) => tell(value);
    }
}

using MlOpsBuild.Components.Tests;
using MlOpsBuild.TestKit.Telemetry;

namespace MlOpsBuild.Components.Telemetry.Tests;

/// <summary>A build as a collector sees it. Builds of other tests in this process are told apart by their trace.</summary>
public sealed class BuildTraceTests : IAsyncLifetime, IDisposable
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private readonly TestRun _run = new();
    private readonly FakeCollector _collector = new();

    public async Task InitializeAsync()
    {
        await _collector.StartAsync();
        _run.Environment["TRACEPARENT"] = $"00-{Trace}-00f067aa0ba902b7-01";
        _run.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Http.ToString();
    }

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_build_is_a_span_with_its_targets_and_their_stages_below_it(bool grpc)
    {
        _run.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = (grpc ? _collector.Grpc : _collector.Http).ToString();
        _run.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf";
        _run.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=s3cret";
        _run.Environment["GITHUB_RUN_ID"] = "77";

        (await _run.RunAsync<DeployingBuild>("Train")).ShouldBe(0, _run.Output);
        (await _run.RunAsync<DeployingBuild>("Train")).ShouldBe(0, _run.Output);

        var spans = Spans();
        var builds = spans.Where(span => span.Name == "build Train").ToList();
        builds.Count.ShouldBe(2);
        builds.ShouldAllBe(span => span.Parent == "00f067aa0ba902b7" && span.Service == "mlopsbuild" && !span.Failed);
        (builds[0].Attributes["cicd.pipeline.result"], builds[0].Attributes["cicd.pipeline.run.id"]).ShouldBe(("success", "77"));
        foreach (var (build, restored) in builds.Zip(["false", "true"]))
        {
            var targets = spans.Where(span => span.Parent == build.Id).ToList();
            targets.Select(target => target.Name).ShouldBe(["IngestData", "ValidateData", "Train"], ignoreOrder: true);
            targets.ShouldAllBe(target => target.Attributes["cicd.pipeline.task.run.result"] == "success" && target.Nanoseconds > 0);
            var stages = spans.Where(span => span.Parent == targets.Single(target => target.Name == "Train").Id).ToList();
            stages.Select(stage => stage.Name).ShouldContain("train");
            stages.ShouldAllBe(stage => stage.Attributes["mlops.pipeline"] == nameof(SmallDemand)
                && stage.Attributes["mlops.stage.restored"] == restored);
        }

        _collector.Keys.ShouldAllBe(key => key == "s3cret");
        _run.Output.ShouldNotContain("s3cret");
    }

    /// <summary>The exporter throws on them: without a check every target would fail, a rollback too.</summary>
    [Fact]
    public async Task Headers_that_are_no_pairs_are_told_and_keep_nothing_from_running()
    {
        _run.Environment["OTEL_EXPORTER_OTLP_HEADERS"] = "s3cret";

        (await _run.RunAsync<DeployingBuild>("IngestData")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("no traces are sent");
        _run.Output.ShouldNotContain("s3cret");
        Spans().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fails_is_an_error_up_to_the_build()
    {
        (await _run.RunAsync<DeployingBuild>("Rollback", "--reason", "nothing serves")).ShouldBe(2, _run.Output);

        Spans().Select(span => (span.Name, span.Failed, span.Attributes.GetValueOrDefault("cicd.pipeline.result", "")))
            .ShouldBe([("Rollback", true, ""), ("build Rollback", true, "failure")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_collector_that_does_not_take_it_changes_nothing_but_a_line()
    {
        _collector.Status = 400;

        (await _run.RunAsync<DeployingBuild>("IngestData")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("the trace of this build was not taken by its collector: it answered 400");
    }

    [Fact]
    public async Task A_collector_that_is_not_there_changes_nothing_but_a_line()
    {
        _run.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";

        (await _run.RunAsync<DeployingBuild>("IngestData")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("was not taken by its collector: Connection refused");
    }

    [Fact]
    public async Task Variables_that_cannot_be_used_are_told_and_stop_nothing()
    {
        _run.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector:4317";

        (await _run.RunAsync<DeployingBuild>("IngestData")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("no traces are sent: OTEL_EXPORTER_OTLP_ENDPOINT: Telemetry cannot be sent so; expected");
    }

    [Fact]
    public async Task Without_an_address_nothing_is_sent()
    {
        _run.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");

        (await _run.RunAsync<DeployingBuild>("IngestData")).ShouldBe(0, _run.Output);

        Spans().ShouldBeEmpty();
    }

    private List<ReceivedSpan> Spans() => [.. _collector.Spans.Where(span => span.Trace == Trace)];
}

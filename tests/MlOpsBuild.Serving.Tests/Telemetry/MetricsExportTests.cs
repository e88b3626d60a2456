using MlOpsBuild.Core.Telemetry;
using MlOpsBuild.Serving.Tests;
using MlOpsBuild.TestKit.Telemetry;

namespace MlOpsBuild.Serving.Telemetry.Tests;

/// <summary>What <c>/metrics</c> has, as a collector gets it.</summary>
[Collection(nameof(LoopbackCollection))]
public sealed class MetricsExportTests : IAsyncLifetime, IDisposable
{
    private readonly FakeCollector _collector = new();
    private readonly GatewayWorld _world = new();

    public async Task InitializeAsync() => await _collector.StartAsync();

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_durations_and_weights_arrive_with_version_and_arm(bool grpc)
    {
        await OpenAsync(new(grpc ? _collector.Grpc : new(_collector.Http, "v1/metrics"), grpc)
        {
            Headers = "x-key=s3cret", IntervalMilliseconds = 100, Attributes = "team=bikes",
        });

        for (var i = 0; i < 40; i++)
        {
            await _world.PostTextAsync("predict", "{}");
        }

        await UntilAsync(() => Last("mlops.requests").Sum(point => point.Value) == 40);
        Last("mlops.requests").Select(point => (point.Attributes["version"], point.Attributes["arm"], point.Attributes["code"]))
            .ShouldBe([("1", "baseline", "200"), ("2", "canary", "500")], ignoreOrder: true);
        Last("mlops.requests").ShouldAllBe(point => point.Service == "mlops-gateway" && point.Attributes["pipeline"] == "Tiny");
        Last("mlops.request.duration").Sum(point => (int)point.Count).ShouldBe(40);
        Last("mlops.request.duration")[0].Bounds.Take(2).ShouldBe([0.0005, 0.00075]);
        Last("mlops.canary.weight").Single().Value.ShouldBe(25);
        _collector.Keys.ShouldAllBe(key => key == "s3cret");
    }

    [Fact]
    public async Task A_collector_that_does_not_take_them_costs_no_answer_and_is_told_once()
    {
        _collector.Status = 503;
        await OpenAsync(new(new(_collector.Http, "v1/metrics"), false) { IntervalMilliseconds = 50 });

        await UntilAsync(() => _collector.Keys.Count >= 3);

        using var answer = await _world.PostAsync("predict", "{}");
        ((int)answer.StatusCode).ShouldBeOneOf(200, 500);
        _world.Log().Split('\n')
            .Count(line => line.Contains("metrics were not taken by their collector: it answered 503", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    /// <summary>A check before it lets them through no more; a server would not start otherwise.</summary>
    [Fact]
    public async Task Headers_that_the_exporter_does_not_take_keep_no_server_from_answering()
    {
        await OpenAsync(new(new(_collector.Http, "v1/metrics"), false) { Headers = "s3cret" });

        using var answer = await _world.PostAsync("predict", "{}");
        ((int)answer.StatusCode).ShouldBeOneOf(200, 500);
        _world.Log().ShouldContain("no metrics are sent: ");
        _world.Log().ShouldNotContain("s3cret");
    }

    private async Task OpenAsync(OtlpSettings settings) => await _world.OpenAsync(
        GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Answer(500, "{}")), 25),
        telemetry: settings);

    // Values are sums since the start: the last of each kind counts.
    private List<ReceivedPoint> Last(string name) =>
    [
        .. _collector.Points.Where(point => point.Name == name)
            .GroupBy(point => string.Join(' ', point.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
            .Select(group => group.Last()),
    ];

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}

using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit.Telemetry;

namespace MlOpsBuild.Delivery.Environments.Tests;

[Collection(nameof(ServerCollection))]
public sealed class LocalEnvironmentTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    /// <summary>A champion that is killed is back within five seconds; meanwhile what is warm answers.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task The_gateway_starts_again_what_died_or_hangs(string signal)
    {
        var (server, warm) = (await StartAsync(2), await StartAsync(1));
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server), Warm = [LocalWorld.At(warm)] });

        await LocalWorld.SignalAsync(server, signal);

        if (signal == "KILL")
        {
            // Whichever is first: the one that is warm, or the champion that is back.
            (await _world.AskAsync()).ShouldBeOneOf("1", "2");
        }

        await DeliveryWorld.UntilAsync(async () => (await _world.ObserveAsync()).Serving is { } again && again.Pid != server.Pid);
        (await _world.AskAsync()).ShouldBe("2");
    }

    /// <summary>A server's environment has no variables of the build: what it needs stands in its options.</summary>
    [Fact]
    public async Task A_gateway_sends_its_metrics_where_the_variables_of_the_build_say()
    {
        await using var collector = await new FakeCollector().StartAsync();
        _world.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Http.ToString();
        _world.Variables["OTEL_SERVICE_NAME"] = "shop";
        var server = await StartAsync(1);
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });
        await _world.AskAsync();

        // The pause is a minute: what came meanwhile is sent when it ends.
        await _world.Environment.StopAllAsync(CancellationToken.None);

        var point = collector.Points.Where(point => point.Name == "mlops.requests").ShouldHaveSingleItem();
        (point.Service, point.Value, point.Attributes["version"], point.Attributes["pipeline"]).ShouldBe(("shop", 1, "1", "Tiny"));
    }

    [Fact]
    public async Task Variables_that_cannot_be_used_keep_nothing_from_serving()
    {
        _world.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector";
        var server = await StartAsync(1);
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });

        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task A_stopped_server_is_forgotten()
    {
        var one = await StartAsync(1);
        var two = await StartAsync(2);

        await _world.Environment.StopAsync(one, CancellationToken.None);

        _world.Folder.Servers().ShouldBe([two]);
        LocalWorld.PidsOf(one.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_all_ends_every_process_and_forgets_the_state()
    {
        var server = await StartAsync(1);
        await StartAsync(2);
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });

        (await _world.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(3);

        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
        Directory.Exists(_world.Folder.Path).ShouldBeFalse();
        (await _world.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(0);
    }

    /// <summary>Three of 33 killed builds left a server that nobody knew: its folder was there before its process.</summary>
    [Fact]
    public async Task A_server_whose_build_died_before_it_was_ready_is_known_and_ended()
    {
        var server = await StartAsync(1);
        File.Delete(Path.Combine(server.Folder, "ready.json"));

        var known = _world.Folder.Servers().ShouldHaveSingleItem();

        (known.Pid, known.Port, known.Id).ShouldBe((0, 0, server.Id));
        (await _world.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(1);
        LocalWorld.PidsOf(server.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_weight_is_not_set_where_somebody_else_changed_the_routes()
    {
        var (server, canary) = (await StartAsync(1), await StartAsync(2));
        var start = await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });
        var traffic = new GatewayTraffic(
            _world.Environment,
            _world.Admin, (await _world.ObserveAsync()).Gateway!, start, start with { Canary = LocalWorld.At(canary), LeaseSeconds = 60 });

        (await traffic.SetCanaryAsync(5, CancellationToken.None)).ShouldBeTrue();
        (await _world.ObserveAsync()).Routes!.CanaryPercent.ShouldBe(5);
        await _world.RouteAsync(routes => routes with { Canary = null, CanaryPercent = 0 });
        (await traffic.SetCanaryAsync(25, CancellationToken.None)).ShouldBeFalse();
        (await traffic.EndAsync(CancellationToken.None)).ShouldBeFalse();
        (await traffic.ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Where_nothing_runs_new_numbers_write_nothing()
    {
        await _world.Environment.RenumberAsync(new Dictionary<int, int> { [2] = 3 }, CancellationToken.None);

        Directory.Exists(_world.Folder.Path).ShouldBeFalse();
    }

    private async Task<ServerInstance> StartAsync(int version) =>
        await _world.Environment.StartAsync(version, await _world.ModelAsync(), null, CancellationToken.None);
}

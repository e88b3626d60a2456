using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

[Collection(nameof(ProcessCollection))]
public sealed class LocalEnvironmentTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Where_nothing_was_started_nothing_serves()
    {
        var observed = await _world.ObserveAsync();

        (observed.Gateway, observed.Routes, observed.Serving, observed.Address).ShouldBe((null, null, null, null));
        observed.Servers.ShouldBeEmpty();
        observed.Describe().ShouldStartWith("nothing serves");
    }

    [Fact]
    public async Task Shares_of_requests_follow_the_routes()
    {
        var one = await StartAsync(1);
        var two = await StartAsync(2);
        var three = await StartAsync(3);
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(one), Canary = LocalWorld.At(two), CanaryPercent = 30, LeaseSeconds = 60 });

        var observed = await _world.ObserveAsync();

        observed.Servers.ShouldBe([new(one, true, 70), new(two, true, 30), new(three, true, 0)]);
        observed.Serving.ShouldBe(one);
        observed.Address.ShouldBe(new Uri($"http://127.0.0.1:{observed.Gateway!.Port}"));
    }

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

        await _world.UntilAsync(async () => (await _world.ObserveAsync()).Serving is { } again && again.Pid != server.Pid);
        (await _world.AskAsync()).ShouldBe("2");
    }

    [Fact]
    public async Task A_killed_gateway_is_started_again_on_its_port_with_its_routes()
    {
        var server = await StartAsync(1);
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });
        var before = (await _world.ObserveAsync()).Gateway!;
        LocalWorld.Kill(before);
        (await _world.ObserveAsync()).Gateway.ShouldBeNull();

        var routes = await _world.RouteAsync(routes => routes);

        var after = (await _world.ObserveAsync()).Gateway!;
        (after.Port, after.Id == before.Id, routes.Baseline).ShouldBe((before.Port, false, LocalWorld.At(server)));
    }

    [Fact]
    public async Task A_change_from_routes_that_are_no_longer_in_force_is_not_made()
    {
        var server = await StartAsync(1);
        var first = await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(server) });
        await _world.RouteAsync(routes => routes);

        var changed = await _world.Environment.ChangeAsync(first.Generation, routes => routes with { Baseline = null }, 0, 1, CancellationToken.None);

        changed.ShouldBeNull();
        (await _world.ObserveAsync()).Routes!.Baseline.ShouldBe(LocalWorld.At(server));
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
        var traffic = new GatewayTraffic(_world.Admin, (await _world.ObserveAsync()).Gateway!, start, start with { Canary = LocalWorld.At(canary), LeaseSeconds = 60 });

        (await traffic.SetCanaryAsync(5, CancellationToken.None)).ShouldBeTrue();
        (await _world.ObserveAsync()).Routes!.CanaryPercent.ShouldBe(5);
        await _world.RouteAsync(routes => routes with { Canary = null, CanaryPercent = 0 });
        (await traffic.SetCanaryAsync(25, CancellationToken.None)).ShouldBeFalse();
        (await traffic.EndAsync(CancellationToken.None)).ShouldBeFalse();
        (await traffic.ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Servers_and_routes_get_new_numbers_and_nothing_is_restarted()
    {
        var (two, three) = (await StartAsync(2), await StartAsync(3));
        await _world.RouteAsync(_ => new() { Baseline = LocalWorld.At(two), Warm = [LocalWorld.At(three)] });
        var gateway = (await _world.ObserveAsync()).Gateway;

        await _world.Environment.RenumberAsync(new Dictionary<int, int> { [2] = 3, [3] = 4 }, CancellationToken.None);

        var observed = await _world.ObserveAsync();
        observed.Servers.ShouldBe([new(two with { Version = 3 }, true, 100), new(three with { Version = 4 }, true, 0)]);
        (observed.Routes!.Baseline!.Version, observed.Routes.Warm.Single().Version, observed.Gateway).ShouldBe((3, 4, gateway));
        (await _world.AskAsync()).ShouldBe("3");
    }

    [Fact]
    public async Task Where_nothing_runs_new_numbers_write_nothing()
    {
        await _world.Environment.RenumberAsync(new Dictionary<int, int> { [2] = 3 }, CancellationToken.None);

        Directory.Exists(_world.Folder.Path).ShouldBeFalse();
    }

    private async Task<ServerInstance> StartAsync(int version) => await _world.Environment.StartAsync(version, await _world.ModelAsync(), null, CancellationToken.None);
}

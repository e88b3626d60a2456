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

        (observed.Gateway, observed.Routes, observed.Serving, observed.Canary, observed.Address).ShouldBe((null, null, null, null, null));
        observed.Servers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shares_of_requests_follow_the_routes()
    {
        var one = await StartAsync(1);
        var two = await StartAsync(2);
        var three = await StartAsync(3);
        await RouteAsync(new(1, new(1, one.Port), new(2, two.Port), 30, new(100, null, null)));

        var observed = await _world.ObserveAsync();

        observed.Servers.ShouldBe([new(one, true, 70), new(two, true, 30), new(three, true, 0)]);
        (observed.Serving, observed.Canary).ShouldBe((one, two));
        observed.Address.ShouldBe(new Uri($"http://127.0.0.1:{observed.Gateway!.Port}"));
    }

    [Fact]
    public async Task A_killed_server_is_seen_dead_and_does_not_serve()
    {
        var server = await StartAsync(1);
        await RouteAsync(new(1, new(1, server.Port), null, 0, new(100, null, null)));
        LocalWorld.Kill(server);

        var observed = await _world.ObserveAsync();

        observed.Servers.ShouldHaveSingleItem().Alive.ShouldBeFalse();
        observed.Serving.ShouldBeNull();
        observed.Gateway.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_killed_gateway_is_started_again_on_its_port()
    {
        var server = await StartAsync(1);
        var routes = new RouteTable(1, new(1, server.Port), null, 0, new(100, null, null));
        await RouteAsync(routes);
        var before = (await _world.ObserveAsync()).Gateway!;
        LocalWorld.Kill(before);
        (await _world.ObserveAsync()).Gateway.ShouldBeNull();

        await RouteAsync(routes);

        var after = (await _world.ObserveAsync()).Gateway!;
        (after.Port, after.Id == before.Id).ShouldBe((before.Port, false));
    }

    [Fact]
    public async Task Routing_again_uses_the_gateway_that_runs()
    {
        var server = await StartAsync(1);
        var routes = new RouteTable(1, new(1, server.Port), null, 0, new(100, null, null));
        await RouteAsync(routes);
        var before = (await _world.ObserveAsync()).Gateway;

        await RouteAsync(routes with { Epoch = 2 });

        (await _world.ObserveAsync()).Gateway.ShouldBe(before);
        (await _world.ObserveAsync()).Routes!.Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task A_stopped_server_is_forgotten()
    {
        var one = await StartAsync(1);
        var two = await StartAsync(2);

        await _world.Environment.StopAsync(one, CancellationToken.None);

        _world.File.Read().Servers.ShouldBe([two]);
        LocalWorld.PidsOf(one.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_all_ends_every_process_and_forgets_the_state()
    {
        var server = await StartAsync(1);
        await StartAsync(2);
        await RouteAsync(new(1, new(1, server.Port), null, 0, new(100, null, null)));

        (await _world.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(3);

        LocalWorld.PidsOf(_world.File.Folder).ShouldBeEmpty();
        _world.File.Read().ShouldBe(LocalState.Empty);
        (await _world.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_weight_is_not_set_where_somebody_else_changed_the_routes()
    {
        var server = await StartAsync(1);
        var routes = new RouteTable(1, new(1, server.Port), null, 0, new(100, null, null));
        await RouteAsync(routes);
        var traffic = new GatewayTraffic(_world.Admin, (await _world.ObserveAsync()).Gateway!, routes, new(2, server.Port));

        (await traffic.SetCanaryAsync(5, CancellationToken.None)).ShouldBeTrue();
        (await _world.ObserveAsync()).Routes.ShouldBe(routes with { Epoch = 2, Canary = new(2, server.Port), CanaryPercent = 5 });
        await RouteAsync(routes with { Epoch = 3 });
        (await traffic.SetCanaryAsync(25, CancellationToken.None)).ShouldBeFalse();
        (await _world.ObserveAsync()).Routes.ShouldBe(routes with { Epoch = 3 });
    }

    private async Task<ServerInstance> StartAsync(int version) => await _world.Environment.StartAsync(version, await _world.ModelAsync(), null, CancellationToken.None);

    private Task RouteAsync(RouteTable routes) => _world.Environment.RouteAsync(routes, 0, 1, CancellationToken.None);
}

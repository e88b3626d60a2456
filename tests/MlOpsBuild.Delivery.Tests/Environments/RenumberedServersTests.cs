using System.Text;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>What runs keeps running under the number its version has now.</summary>
[Collection(nameof(ProcessCollection))]
public sealed class RenumberedServersTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Servers_and_routes_get_the_new_numbers_and_nothing_is_restarted()
    {
        var (one, two) = (await StartAsync(1), await StartAsync(2));
        var limits = new BadEventLimits(100, 2, null);
        await RouteAsync(new(7, new(1, one.Port), new(2, two.Port), 30, limits));
        var gateway = (await _world.ObserveAsync()).Gateway;

        await RenumberAsync((2, 5));

        var observed = await _world.ObserveAsync();
        observed.Servers.ShouldBe([new(one, true, 70), new(two with { Version = 5 }, true, 30)]);
        observed.Routes.ShouldBe(new RouteTable(8, new(1, one.Port), new(5, two.Port), 30, limits));
        observed.Gateway.ShouldBe(gateway);
        _world.File.Read().Servers.Select(server => server.Version).ShouldBe([1, 5]);
    }

    [Fact]
    public async Task Answers_name_the_new_number()
    {
        var server = await StartAsync(2);
        await RouteAsync(new(1, new(2, server.Port), null, 0, new(100, null, null)));
        (await AnsweredByAsync()).ShouldBe("2");

        await RenumberAsync((2, 3));

        (await AnsweredByAsync()).ShouldBe("3");
    }

    [Fact]
    public async Task Numbers_that_move_up_together_do_not_run_into_each_other()
    {
        var (two, three) = (await StartAsync(2), await StartAsync(3));
        await RouteAsync(new(1, new(3, three.Port), null, 0, new(100, null, null)));

        await RenumberAsync((2, 3), (3, 4));

        _world.File.Read().Servers.ShouldBe([two with { Version = 3 }, three with { Version = 4 }]);
        (await _world.ObserveAsync()).Routes!.Baseline.Version.ShouldBe(4);
    }

    [Fact]
    public async Task A_dead_gateway_does_not_keep_servers_from_their_new_numbers()
    {
        var server = await StartAsync(2);
        await RouteAsync(new(1, new(2, server.Port), null, 0, new(100, null, null)));
        LocalWorld.Kill((await _world.ObserveAsync()).Gateway!);

        await RenumberAsync((2, 3));

        _world.File.Read().Servers.ShouldBe([server with { Version = 3 }]);
    }

    [Fact]
    public async Task Where_nothing_runs_nothing_is_written()
    {
        await RenumberAsync((2, 3));

        _world.File.Read().ShouldBe(LocalState.Empty);
        Directory.GetFiles(_world.File.Folder).ShouldBeEmpty();
    }

    private async Task<ServerInstance> StartAsync(int version) => await _world.Environment.StartAsync(version, await _world.ModelAsync(), null, CancellationToken.None);

    private Task RouteAsync(RouteTable routes) => _world.Environment.RouteAsync(routes, 0, 1, CancellationToken.None);

    private Task RenumberAsync(params (int From, int To)[] numbers) =>
        _world.Environment.RenumberAsync(numbers.ToDictionary(number => number.From, number => number.To), CancellationToken.None);

    private async Task<string> AnsweredByAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("""{"temperature": 1.5}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri((await _world.ObserveAsync()).Address!, "predict"), content);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues(ServerHeaders.Version).Single();
    }
}

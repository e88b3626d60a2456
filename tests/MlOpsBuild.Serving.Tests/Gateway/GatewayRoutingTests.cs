using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Serving.Tests;

namespace MlOpsBuild.Serving.Gateway.Tests;

[Collection(nameof(LoopbackCollection))]
public sealed class GatewayRoutingTests : IDisposable
{
    private readonly GatewayWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(25)]
    [InlineData(50)]
    public async Task Requests_are_split_by_weight(double percent)
    {
        const int Requests = 1000;
        await _world.OpenAsync(new(1, new(1, await _world.ServeAsync(Scripted.Version(1))), new(2, await _world.ServeAsync(Scripted.Version(2))), percent, GatewayWorld.Limits));

        var canary = 0;
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await _world.PostAsync("predict", "{}");
            canary += Scripted.VersionOf(answer) == 2 ? 1 : 0;
        }

        // Four standard deviations of a binomial: chance gives more once in 16 000 seeds, and the seed is fixed.
        var share = percent / 100;
        ((double)canary).ShouldBe(Requests * share, 4 * Math.Sqrt(Requests * share * (1 - share)));
        var epoch = (await _world.CountsAsync()).ShouldHaveSingleItem();
        (epoch.Epoch, epoch.CanaryShare, epoch.Canary.Requests, epoch.Baseline.Requests).ShouldBe((1, share, canary, Requests - canary));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 2)]
    public async Task At_the_ends_of_the_scale_one_version_gets_everything(double percent, int version)
    {
        await _world.OpenAsync(new(1, new(1, await _world.ServeAsync(Scripted.Version(1))), new(2, await _world.ServeAsync(Scripted.Version(2))), percent, GatewayWorld.Limits));

        for (var i = 0; i < 200; i++)
        {
            using var answer = await _world.PostAsync("predict", "{}");
            Scripted.VersionOf(answer).ShouldBe(version);
        }
    }

    [Fact]
    public async Task Routes_change_as_a_whole_under_load_and_no_request_is_dropped()
    {
        var ports = new int[4];
        for (var version = 1; version <= 3; version++)
        {
            ports[version] = await _world.ServeAsync(Scripted.Version(version));
        }

        RouteTable[] tables =
        [
            new(1, new(1, ports[1]), null, 0, GatewayWorld.Limits),
            new(2, new(1, ports[1]), new(2, ports[2]), 50, GatewayWorld.Limits),
            new(3, new(2, ports[2]), null, 0, GatewayWorld.Limits),
            new(4, new(2, ports[2]), new(3, ports[3]), 50, GatewayWorld.Limits),
            new(5, new(3, ports[3]), null, 0, GatewayWorld.Limits),
        ];
        int[][] allowed = [[1], [1, 2], [2], [2, 3], [3]];
        await _world.OpenAsync(tables[0]);
        var (asked, inForce, answered) = (0, 0, 0);
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var from = Volatile.Read(ref inForce);
                using var answer = await _world.PostAsync("predict", "{}");
                var to = Volatile.Read(ref asked);
                answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
                allowed[from..(to + 1)].SelectMany(versions => versions).ShouldContain(Scripted.VersionOf(answer));
                Interlocked.Increment(ref answered);
            }
        })).ToList();

        for (var next = 1; next <= tables.Length; next++)
        {
            // A hundred requests under each table, however fast the machine is.
            var until = Volatile.Read(ref answered) + 100;
            while (Volatile.Read(ref answered) < until && !callers.Exists(caller => caller.IsFaulted))
            {
                await Task.Yield();
            }

            if (next < tables.Length)
            {
                Volatile.Write(ref asked, next);
                await _world.RouteAsync(tables[next]);
                Volatile.Write(ref inForce, next);
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        var counts = await _world.CountsAsync();
        counts.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3, 4, 5]);
        counts.Sum(epoch => epoch.Baseline.Requests + epoch.Canary.Requests).ShouldBe(answered);
        counts.ShouldAllBe(epoch => epoch.Baseline.Bad.Count == 0 && epoch.Canary.Bad.Count == 0);
    }

    [Fact]
    public async Task The_routes_in_force_are_told_to_the_administrator()
    {
        var routes = new RouteTable(3, new(1, 1), new(2, 2), 12.5, new(50, null, 3));
        await _world.OpenAsync(routes with { Epoch = 1 });
        await _world.RouteAsync(routes);

        var (status, body) = await _world.AdministerAsync("GET", "/admin/routes");

        status.ShouldBe(200);
        System.Text.Json.JsonSerializer.Deserialize<RouteTable>(body, Hosting.JsonAnswer.OneLine).ShouldBe(routes);
        (await _world.AdministerAsync("GET", "/admin/else")).Status.ShouldBe(404);
    }
}

using System.Text.Json;
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
        await OpenAsync(percent);

        var canary = 0;
        for (var i = 0; i < Requests; i++)
        {
            using var answer = await _world.PostAsync("predict", "{}");
            canary += Scripted.VersionOf(answer) == 2 ? 1 : 0;
        }

        // Four standard deviations of a binomial: chance gives more once in 16 000 seeds, and the seed is fixed.
        var share = percent / 100;
        ((double)canary).ShouldBe(Requests * share, 4 * Math.Sqrt(Requests * share * (1 - share)));
        var seen = (await _world.TrafficAsync(Requests)).Requests;
        (seen.Count, seen.Count(request => request.Canary != null), seen.Count(request => request.Baseline != null))
            .ShouldBe((Requests, canary, Requests - canary));
        seen.ShouldAllBe(request => request.CanaryShare == share);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 2)]
    public async Task At_the_ends_of_the_scale_one_version_gets_everything(double percent, int version)
    {
        await OpenAsync(percent);

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
            GatewayWorld.Alone(1, ports[1]),
            GatewayWorld.Trial(ports[1], ports[2], 50, mirror: 100),
            GatewayWorld.Alone(2, ports[2]),
            GatewayWorld.Trial(ports[2], ports[3], 50) with { Baseline = new(2, ports[2]), Canary = new(3, ports[3]) },
            GatewayWorld.Alone(3, ports[3]),
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
        (await _world.TrafficAsync(1)).Requests.ShouldAllBe(request => (request.Baseline == null || request.Baseline.Bad == null)
            && (request.Canary == null || request.Canary.Bad == null));
    }

    [Fact]
    public async Task The_routes_in_force_are_told_to_the_administrator_with_what_made_them_so()
    {
        await OpenAsync(12.5);

        var routes = await _world.RoutesAsync();

        (routes.Generation, routes.CanaryPercent, routes.Change).ShouldBe((1, 12.5, GatewayWorld.Change));
        (await _world.AdministerAsync("GET", "/admin/else")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_change_made_from_routes_that_are_no_longer_in_force_is_refused()
    {
        await OpenAsync(5);
        var seen = await _world.RoutesAsync();
        await _world.RouteAsync(seen with { CanaryPercent = 25 });

        var (status, body) = await PutAsync(new RouteUpdate(seen.Generation, seen with { CanaryPercent = 50 }));

        status.ShouldBe(409);
        JsonSerializer.Deserialize<RouteTable>(body, Hosting.JsonAnswer.OneLine)!.CanaryPercent.ShouldBe(25);
        (await _world.RoutesAsync()).CanaryPercent.ShouldBe(25);
    }

    /// <summary><c>PUT /admin/routes {}</c> was stored and broke every request.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"expected": 1, "routes": {}}""")]
    [InlineData("""{"expected": 1, "routes": {"canaryPercent": 500, "change": {"id": "x", "kind": "Trial", "actor": "a", "reason": "r", "at": "2026-01-01T00:00:00Z"}}}""")]
    [InlineData("""{"expected": 1, "routes": {"baseline": {"version": 1, "port": 0}, "change": {"id": "x", "kind": "Trial", "actor": "a", "reason": "r", "at": "2026-01-01T00:00:00Z"}}}""")]
    public async Task What_is_no_route_table_is_refused_before_it_is_stored(string body)
    {
        await OpenAsync(5);
        var before = await _world.RoutesAsync();

        (await _world.AdministerAsync("PUT", "/admin/routes", body)).Status.ShouldBe(400);

        JsonSerializer.Serialize(await _world.RoutesAsync()).ShouldBe(JsonSerializer.Serialize(before));
    }

    [Fact]
    public async Task A_trial_whose_lease_nobody_renews_loses_its_share()
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), 100, lease: 0.2));

        while ((await _world.RoutesAsync()).Canary != null)
        {
            await Task.Yield();
        }

        (await _world.RoutesAsync()).Change!.Kind.ShouldBe(RouteChangeKind.LeaseEnded);
        using var answer = await _world.PostAsync("predict", "{}");
        Scripted.VersionOf(answer).ShouldBe(1);
    }

    [Fact]
    public async Task A_trial_keeps_its_share_while_somebody_looks()
    {
        await _world.OpenAsync(GatewayWorld.Trial(
            await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), 100, lease: 0.5));
        var started = TimeProvider.System.GetTimestamp();

        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1.5))
        {
            await _world.AdministerAsync("GET", "/admin/traffic?from=1&renew=1");
        }

        (await _world.RoutesAsync()).Canary.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_a_mirrored_request_both_answers_are_seen_and_the_caller_gets_one()
    {
        await OpenAsync(0, mirror: 100);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await _world.PostAsync("predict", "{}");
            Scripted.VersionOf(answer).ShouldBe(1);
        }

        (await _world.TrafficAsync(20)).Requests.ShouldAllBe(request => request.Baseline != null && request.Canary != null);
    }

    [Fact]
    public async Task What_was_fetched_is_not_told_again()
    {
        await OpenAsync(50);
        await _world.PostTextAsync("predict", "{}");
        var first = await _world.TrafficAsync(1);

        var (_, body) = await _world.AdministerAsync("GET", $"/admin/traffic?from={first.Next}");

        JsonSerializer.Deserialize<TrafficBatch>(body, Hosting.JsonAnswer.OneLine)!.Requests.ShouldBeEmpty();
    }

    private async Task OpenAsync(double percent, double mirror = 0) => await _world.OpenAsync(
        GatewayWorld.Trial(await _world.ServeAsync(Scripted.Version(1)), await _world.ServeAsync(Scripted.Version(2)), percent, mirror));

    private Task<(int Status, string Body)> PutAsync(RouteUpdate update) =>
        _world.AdministerAsync("PUT", "/admin/routes", JsonSerializer.Serialize(update, Hosting.JsonAnswer.OneLine));
}

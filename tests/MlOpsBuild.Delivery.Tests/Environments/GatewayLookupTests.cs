using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>Real processes that look values of feature views up.</summary>
[Collection(nameof(ServerCollection))]
public sealed class GatewayLookupTests(InstalledServer installed)
{
    private static readonly RouteChange Change =
        new("change", RouteChangeKind.Trial, null, 1, "tester", "a test", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_gateway_fills_what_a_request_lacks_and_one_from_before_gives_way_to_one_that_can()
    {
        using var world = new LocalWorld(installed.Program);
        await LookedUp.WriteAsync(world.Folder.OnlineFolder, DateTimeOffset.UnixEpoch, 3);
        var model = await world.ModelAsync() with { Views = [LookedUp.View] };
        var server = await world.Environment.StartAsync(1, model, null, CancellationToken.None);
        await RouteAsync(world, server, model);
        var first = await GatewayAsync(world);

        var looked = await LookedUp.PredictAsync(first, """{"wind":7}""");
        looked.ShouldBe(await LookedUp.PredictAsync(first, """{"wind":7,"temperature":3}"""));

        // The next version names a variable that this gateway was not given.
        var other = model with { Views = [LookedUp.View with { Store = OnlineStore.Redis(LookedUp.Variable) }] };
        await world.Environment.StartAsync(2, other, null, CancellationToken.None);
        await RouteAsync(world, server, model);
        var second = await GatewayAsync(world);

        (second.Id == first.Id, second.Port).ShouldBe((false, first.Port));
        (await LookedUp.PredictAsync(second, """{"wind":7}""")).ShouldBe(looked);
    }

    private static Task<RouteTable?> RouteAsync(LocalWorld world, ServerInstance server, ServedModel model) =>
        world.Environment.ChangeAsync(
            null, routes => routes with { Baseline = server.Upstream with { Views = model.Views }, Change = Change }, 0, 1,
            CancellationToken.None);

    private static async Task<ServerInstance> GatewayAsync(LocalWorld world) =>
        (await world.Environment.ObserveAsync(CancellationToken.None)).Gateway.ShouldNotBeNull();
}

using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Online;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>Real processes that look values of feature views up.</summary>
[Collection(nameof(ServerCollection))]
public sealed class GatewayLookupTests(InstalledServer installed)
{
    private const string Variable = "MLOPS_TEST_FEATURES";
    private static readonly RouteChange Change =
        new("change", RouteChangeKind.Trial, null, 1, "tester", "a test", DateTimeOffset.UnixEpoch);

    private static readonly JoinedView View = new(
        "weather", [new FieldRule("wind", FieldKind.Real)], [new("Degrees", "temperature")]);

    [Fact]
    public async Task A_gateway_fills_what_a_request_lacks_and_one_from_before_gives_way_to_one_that_can()
    {
        using var world = new LocalWorld(installed.Program);
        await using (var store = new FileOnlineStore(world.Folder.OnlineFolder, TimeProvider.System))
        {
            await store.WriteAsync(
                "weather", new("sha256:1", DateTimeOffset.UnixEpoch, 1, ["Degrees"]), [new("7", new(0, 0), ["3"])], CancellationToken.None);
        }

        var model = await world.ModelAsync() with { Views = [View] };
        var server = await world.Environment.StartAsync(1, model, null, CancellationToken.None);
        await RouteAsync(world, server, model);
        var first = await GatewayAsync(world);

        var looked = await PredictAsync(first, """{"wind":7}""");
        looked.ShouldBe(await PredictAsync(first, """{"wind":7,"temperature":3}"""));

        // The next version names a variable that this gateway was not given.
        var other = model with { Views = [View with { Store = OnlineStore.Redis(Variable) }] };
        await world.Environment.StartAsync(2, other, null, CancellationToken.None);
        await RouteAsync(world, server, model);
        var second = await GatewayAsync(world);

        (second.Id == first.Id, second.Port).ShouldBe((false, first.Port));
        (await PredictAsync(second, """{"wind":7}""")).ShouldBe(looked);
    }

    private static Task<RouteTable?> RouteAsync(LocalWorld world, ServerInstance server, ServedModel model) =>
        world.Environment.ChangeAsync(
            null, routes => routes with { Baseline = server.Upstream with { Views = model.Views }, Change = Change }, 0, 1,
            CancellationToken.None);

    private static async Task<ServerInstance> GatewayAsync(LocalWorld world) =>
        (await world.Environment.ObserveAsync(CancellationToken.None)).Gateway.ShouldNotBeNull();

    private static async Task<string> PredictAsync(ServerInstance gateway, string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{gateway.Port}/predict"), content);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return System.Text.Json.Nodes.JsonNode.Parse(text)!["prediction"]!.ToJsonString();
    }
}

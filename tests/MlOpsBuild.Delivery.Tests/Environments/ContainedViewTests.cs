using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>Feature views where the gateway shares neither files nor variables with this machine.</summary>
[Collection(nameof(ContainerCollection))]
public sealed class ContainedViewTests(ContainerFixture containers) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private DeliveryWorld? _world;

    private DeliveryWorld World => _world!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Theory]
    [OnDocker]
    [OnKubernetes]
    public async Task Values_are_there_before_the_first_request_and_new_ones_follow_but_never_older_ones(string on)
    {
        await OpenAsync(on);
        await WriteAsync(Noon, 3);
        var version = await World.RegisterAsync(1);
        var model = await ServedModel.OfAsync(World.Store, version, CancellationToken.None) with { Views = [LookedUp.View] };
        var server = await World.Environment.StartAsync(version.Number, model, null, CancellationToken.None);
        await World.RouteAsync(_ => new() { Baseline = server.Upstream with { Views = [LookedUp.View] } });

        var (three, nine) = (await PredictAsync("""{"wind":7,"temperature":3}"""), await PredictAsync("""{"wind":7,"temperature":9}"""));
        (await PredictAsync("""{"wind":7}""")).ShouldBe(three);

        await WriteAsync(Noon.AddHours(1), 9);
        await World.Environment.SendViewsAsync([LookedUp.View], CancellationToken.None);
        await DeliveryWorld.UntilAsync(async () => await PredictAsync("""{"wind":7}""") == nine);

        await WriteAsync(Noon.AddMinutes(30), 3);
        await World.Environment.SendViewsAsync([LookedUp.View], CancellationToken.None);
        (await PredictAsync("""{"wind":7}""")).ShouldBe(nine);

        // Another machine, on which nothing was ever written, is told the same.
        Directory.Delete(World.Folder.OnlineFolder, recursive: true);
        (await World.Environment.ViewStateAsync("weather", CancellationToken.None)).ShouldNotBeNull().At.ShouldBe(Noon.AddHours(1));
        (await World.Environment.ViewStateAsync("tides", CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [OnDocker]
    public async Task Connections_are_told_once_and_a_machine_without_them_may_act(string on)
    {
        await OpenAsync(on);
        var server = await World.StartAsync(1);
        await World.RouteAsync(_ => new() { Baseline = server.Upstream });
        IReadOnlyList<JoinedView> views = [LookedUp.View with { Store = OnlineStore.Redis(LookedUp.Variable) }];

        (await Should.ThrowAsync<UsageException>(World.Environment.SendViewsAsync(views, CancellationToken.None)))
            .Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB1304");
        World.Variables[LookedUp.Variable] = "redis.example.com:6379,password=s3cret";
        await World.Environment.SendViewsAsync(views, CancellationToken.None);
        World.Variables.Remove(LookedUp.Variable);
        await World.Environment.SendViewsAsync(views, CancellationToken.None);

        var gateway = (await World.ObserveAsync()).Gateway!;
        (await World.Admin.ConnectAsync(gateway, new Dictionary<string, string>(), CancellationToken.None)).ShouldBe([LookedUp.Variable]);
    }

    [Theory]
    [OnDocker]
    [OnKubernetes]
    public async Task Where_no_gateway_runs_nothing_is_sent(string on)
    {
        await OpenAsync(on);

        await Should.NotThrowAsync(World.Environment.SendViewsAsync([LookedUp.View], CancellationToken.None));
    }

    private async Task OpenAsync(string on) =>
        _world = on == OnDockerAttribute.Name ? new DockerWorld(containers) : await KubernetesWorld.StartAsync(containers);

    private Task WriteAsync(DateTimeOffset at, double degrees) => LookedUp.WriteAsync(World.Folder.OnlineFolder, at, degrees);

    private async Task<string> PredictAsync(string body) =>
        await LookedUp.PredictAsync((await World.ObserveAsync()).Gateway.ShouldNotBeNull(), body);
}

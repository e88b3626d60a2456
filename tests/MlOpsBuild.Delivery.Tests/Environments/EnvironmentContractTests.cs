using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Tests;

/// <summary>What every environment keeps to, wherever it serves.</summary>
[Collection(nameof(ContainerCollection))]
public sealed class EnvironmentContractTests(ContainerFixture containers) : IAsyncLifetime
{
    private DeliveryWorld? _world;

    private DeliveryWorld World => _world!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task Where_nothing_was_started_nothing_serves(string on)
    {
        await OpenAsync(on);
        var observed = await World.ObserveAsync();

        (observed.Gateway, observed.Routes, observed.Serving, observed.Address).ShouldBe((null, null, null, null));
        observed.Servers.ShouldBeEmpty();
        observed.Describe().ShouldStartWith("nothing serves");
        (await World.Environment.KeptRoutesAsync(CancellationToken.None)).ShouldBeNull();
        (await World.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task Shares_of_requests_follow_the_routes(string on)
    {
        await OpenAsync(on);
        var (one, two, three) = (await World.StartAsync(1), await World.StartAsync(2), await World.StartAsync(3));
        (await World.ObserveAsync()).Servers.ShouldBe([new(one, true, 0), new(two, true, 0), new(three, true, 0)]);
        await World.RouteAsync(_ => new() { Baseline = one.Upstream, Canary = two.Upstream, CanaryPercent = 30, LeaseSeconds = 60 });

        var observed = await World.ObserveAsync();

        observed.Servers.ShouldBe([new(one, true, 70), new(two, true, 30), new(three, true, 0)]);
        observed.Serving.ShouldBe(one);
        observed.Address.ShouldBe(observed.CallersAddress ?? new Uri($"http://127.0.0.1:{observed.Gateway!.Port}"));
        World.Environment.Started.ShouldBe(4);
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task What_a_killed_server_served_is_answered_by_what_is_warm(string on)
    {
        await OpenAsync(on);
        var (server, warm) = (await World.StartAsync(1), await World.StartAsync(2));
        await World.RouteAsync(_ => new() { Baseline = server.Upstream, Warm = [warm.Upstream] });

        await World.KillAsync(server);

        // Whichever is first: the one that is warm, or the one that is back.
        (await World.AskAsync()).ShouldBeOneOf("1", "2");
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    public async Task A_killed_gateway_is_started_again_on_its_port_with_its_routes(string on)
    {
        await OpenAsync(on);
        var server = await World.StartAsync(1);
        await World.RouteAsync(_ => new() { Baseline = server.Upstream });
        var before = (await World.ObserveAsync()).Gateway!;
        await World.KillAsync(before);
        (await World.ObserveAsync()).Gateway.ShouldBeNull();
        (await World.Environment.KeptRoutesAsync(CancellationToken.None)).ShouldNotBeNull().Baseline.ShouldBe(server.Upstream);

        var routes = await World.RouteAsync(routes => routes);

        var after = (await World.ObserveAsync()).Gateway!;
        (after.Port, after.Id == before.Id, routes.Baseline).ShouldBe((before.Port, false, server.Upstream));
        (await World.AskAsync()).ShouldBe("1");
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task A_change_from_routes_that_are_no_longer_in_force_is_not_made(string on)
    {
        await OpenAsync(on);
        var server = await World.StartAsync(1);
        var first = await World.RouteAsync(_ => new() { Baseline = server.Upstream });
        await World.RouteAsync(routes => routes);

        var changed = await World.Environment.ChangeAsync(
            first.Generation, routes => routes with { Baseline = null }, 0, 1, CancellationToken.None);

        changed.ShouldBeNull();
        (await World.ObserveAsync()).Routes!.Baseline.ShouldBe(server.Upstream);
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task What_is_stopped_leaves_nothing(string on)
    {
        await OpenAsync(on);
        var (one, two) = (await World.StartAsync(1), await World.StartAsync(2));
        await World.RouteAsync(_ => new() { Baseline = two.Upstream });

        await World.Environment.StopAsync(one, CancellationToken.None);
        await World.Environment.StopAsync(one, CancellationToken.None);

        (await World.Environment.ServersAsync(CancellationToken.None)).ShouldBe([two]);
        (await World.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(2);
        (await World.Environment.StopAllAsync(CancellationToken.None)).ShouldBe(0);
        Directory.Exists(World.Folder.Path).ShouldBeFalse();
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task Servers_and_routes_get_new_numbers_and_nothing_is_restarted(string on)
    {
        await OpenAsync(on);
        var (one, two) = (await World.StartAsync(1), await World.StartAsync(2));
        await World.RouteAsync(_ => new() { Baseline = one.Upstream, Warm = [two.Upstream] });

        await World.Environment.RenumberAsync(new Dictionary<int, int> { [1] = 7 }, CancellationToken.None);

        var observed = await World.ObserveAsync();
        observed.Servers.Select(server => (server.Instance.Id, server.Instance.Version, server.Alive))
            .ShouldBe([(one.Id, 7, true), (two.Id, 2, true)]);
        (observed.Routes!.Baseline!.Version, observed.Routes.Warm.ShouldHaveSingleItem().Version, await World.AskAsync())
            .ShouldBe((7, 2, "7"));
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task The_log_of_predictions_can_be_read_again_and_again_and_after_the_gateways_death(string on)
    {
        await OpenAsync(on);
        Directory.Exists(await World.Environment.PredictionsAsync(CancellationToken.None)).ShouldBeFalse();
        var server = await World.StartAsync(1);
        await World.RouteAsync(_ => new() { Baseline = server.Upstream });
        await World.AskAsync();
        await World.AskAsync();

        (await LoggedAsync(2)).ShouldBe(2);
        (await LoggedAsync(2)).ShouldBe(2);
        await World.KillAsync((await World.ObserveAsync()).Gateway!);
        (await LoggedAsync(2)).ShouldBe(2);

        async Task<int> LoggedAsync(int wanted)
        {
            while (true)
            {
                var folder = await World.Environment.PredictionsAsync(CancellationToken.None);
                var lines = Directory.Exists(folder)
                    ? Directory.GetFiles(folder, PredictionLogPlace.Pattern).Sum(file => File.ReadLines(file).Count())
                    : 0;
                if (lines >= wanted)
                {
                    return lines;
                }
            }
        }
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task A_servers_log_can_be_read(string on)
    {
        await OpenAsync(on);
        var server = await World.StartAsync(1);

        (await World.Environment.LogAsync(server, CancellationToken.None))
            .ShouldContain(line => line.Contains("model server ready", StringComparison.Ordinal));
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task A_version_goes_through_a_canary_and_is_rolled_back_to_what_is_warm(string on)
    {
        await OpenAsync(on);
        (await World.DeployAsync(await World.RegisterAsync(1))).Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        var second = await World.DeployAsync(await World.RegisterAsync(2));
        (second.Outcome, second.Environment, await World.AskAsync())
            .ShouldBe((DeploymentOutcome.Promoted, World.Environment.Name, "2"), second.Reason);

        var back = await World.RollBackAsync();

        (back.From, back.To, back.Warm, await World.AskAsync()).ShouldBe((2, 1, true, "1"));
        (await World.ObserveAsync()).Servers.ShouldHaveSingleItem().Instance.Version.ShouldBe(1);
        (await World.Store.Versions(TinyModel.Pipeline).ResolveAsync(EnvironmentAlias.Of(World.Environment.Name), CancellationToken.None))
            .ShouldNotBeNull()
            .Number.ShouldBe(1);
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task A_server_answers_as_training_did_and_what_it_costs_is_counted(string on)
    {
        await OpenAsync(on);
        var version = await World.RegisterAsync(1);
        var rows = await (await Bundle.OpenAsync(World.Store, version.Bundle, CancellationToken.None))
            .PartAsync(BundlePart.Rows, CancellationToken.None);
        var input = new ContractTestInput(
            TinyModel.Pipeline, version.Bundle, await ServedModel.OfAsync(World.Store, version, CancellationToken.None), rows,
            Digest.Of("server"), TimeSpan.FromSeconds(10))
        {
            Version = version.Number, Budget = new() { P99 = TimeSpan.FromSeconds(20) },
        };

        var result = await new ContractTestStage(World.Environment, TimeProvider.System)
            .RunAsync(input, World["checkout"], new Heard(), CancellationToken.None);

        (result.GoldenRows, result.Cost.ShouldNotBeNull().UnderLoad.ShouldNotBeNull().Requests).ShouldBe((TinyModel.Rows, 1000));
        result.Cost.MemoryBytes.ShouldNotBeNull().ShouldBeInRange(10L << 20, 256L << 20);
        (await World.ObserveAsync()).Servers.ShouldBeEmpty();
    }

    [Theory]
    [OnLocal]
    [OnDocker]
    [OnKubernetes]
    public async Task A_version_that_fails_is_refused_and_its_last_words_are_kept(string on)
    {
        await OpenAsync(on);
        await World.PutInPlaceAsync(1);

        var refused = await World.DeployAsync(await World.RegisterAsync(2), fault: new FaultOptions(Errors: 0.5));

        (refused.Outcome, await World.AskAsync()).ShouldBe((DeploymentOutcome.RolledBack, "1"), refused.Reason);
        refused.Log.ShouldContain(line => line.Contains("model server ready", StringComparison.Ordinal));
        (await World.ObserveAsync()).Servers.ShouldHaveSingleItem().Instance.Version.ShouldBe(1);
    }

    private async Task OpenAsync(string on) => _world = on switch
    {
        OnDockerAttribute.Name => new DockerWorld(containers),
        OnKubernetesAttribute.Name => await KubernetesWorld.StartAsync(containers),
        _ => new LocalWorld(containers.Program),
    };
}

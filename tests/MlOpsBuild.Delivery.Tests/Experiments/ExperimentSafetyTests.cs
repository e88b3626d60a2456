using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Experiments;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Experiments.Tests;

/// <summary>Who may test on callers, and what is left when a build or a gateway ends in the middle.</summary>
[Collection(nameof(DeploymentCollection))]
public sealed class ExperimentSafetyTests(InstalledServer installed) : IDisposable
{
    private static readonly ExperimentPolicy Policy = new("revenue") { ExpectedMean = 10, ExpectedDeviation = 4 };

    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task What_may_not_be_deployed_may_not_be_tested_on_callers_either()
    {
        var first = await _world.PutInPlaceAsync(1);
        await ServedHere.AddAsync(_world.Store, "local", first.Bundle, CancellationToken.None);
        var version = await _world.RegisterAsync(2);
        var guard = new PromotionGuard(
            _world.Store, EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Anyone)), new("eve", [Who.Local("eve")]), () => Roles.None,
            (_, _) => Task.FromResult<IReadOnlyDictionary<VersionRequirement, string>>(new Dictionary<VersionRequirement, string>()),
            TimeProvider.System);

        var denial = await Should.ThrowAsync<StageFailedException>(() => StartAsync(version, guard));

        (denial.ExitCode, denial.Findings.Single().What).ShouldBe((ExitCodes.GateSaidNo, "v2 is not approved"));
        (await _world.ObserveAsync()).Routes!.Experiment.ShouldBeNull();
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Action.ShouldBe("denied");
    }

    [Fact]
    public async Task Beforehand_a_deployment_says_that_a_test_goes_on()
    {
        var record = await StartAsync();
        var third = await _world.RegisterAsync(3);

        var told = await new Deployer(_world.Store, _world.Environment, _world.Rehearsals, _world.Admin, TimeProvider.System)
            .ForecastAsync(Deployment(third), tellsCanary: false, CancellationToken.None);

        told.Lines.ShouldContain($"it would be refused: the A/B test {record.Id} goes on");
    }

    [Fact]
    public async Task A_test_is_ended_where_the_gateway_is_down_and_does_not_go_on_once_it_is_back()
    {
        await StartAsync();
        LocalWorld.Kill((await _world.ObserveAsync()).Gateway!);

        var state = await Run().EndAsync("Tiny", ExperimentDecision.Keep, "ann", "enough", new Heard(), CancellationToken.None);

        state.Record.Decision.ShouldBe(ExperimentDecision.Keep);
        (await _world.ObserveAsync()).Routes!.Experiment.ShouldBeNull();
        (await _world.AskAsync()).ShouldBe("1");
    }

    /// <summary>A build that was killed after it had written what it meant to do, and before it did it.</summary>
    [Fact]
    public async Task A_withdrawal_that_was_begun_is_finished_by_the_next_command_and_ends_the_record()
    {
        var record = await StartAsync();
        var changes = new TrafficChange(_world.Store, "Tiny", "local", TimeProvider.System);
        await changes.BeginAsync(
            changes.Decide(RouteChangeKind.Withdraw, 2, 1, "on call", "complaints", record.Id), CancellationToken.None);
        var heard = new Heard();

        (await Should.ThrowAsync<UsageException>(
            () => Run().EndAsync("Tiny", ExperimentDecision.Keep, "ann", "enough", heard, CancellationToken.None)))
            .Findings[0].Code.ShouldBe("MLB5135", "it has ended");

        heard.Lines.ShouldContain(line => line.StartsWith("the withdrawal of v2 by on call had been cut short", StringComparison.Ordinal));
        (await _world.ObserveAsync()).Routes!.Experiment.ShouldBeNull();
        (await new ExperimentStore(_world.Store).FindAsync(record.Id, CancellationToken.None))!
            .ShouldSatisfyAllConditions(
                ended => ended.Decision.ShouldBe(ExperimentDecision.Withdrawn), ended => ended.Reason.ShouldBe("complaints"));
    }

    [Fact]
    public async Task A_version_that_gets_another_number_keeps_its_test()
    {
        await StartAsync();

        await _world.Environment.RenumberAsync(new Dictionary<int, int> { [2] = 5 }, CancellationToken.None);

        var routes = (await _world.ObserveAsync()).Routes!;
        (routes.Experiment!.Treatment.Version, routes.Baseline!.Version).ShouldBe((5, 1));
    }

    [Fact]
    public async Task What_runs_is_told_with_its_role_and_its_share()
    {
        await StartAsync();

        var observed = await _world.ObserveAsync();

        observed.Servers.Select(server => (server.Instance.Version, observed.RoleOf(server, 1), server.Percent))
            .ShouldBe([(1, "champion", 70), (2, "A/B test", 30)], ignoreOrder: true);
    }

    private static DeploymentRequest Deployment(ModelVersion version) =>
        new(TinyModel.Pipeline, version, DeliveryWorld.Policy, RowLoss.SquaredError, 7, "tester");

    private ExperimentRun Run(PromotionGuard? guard = null) => new(_world.Store, _world.Environment, TimeProvider.System) { Guard = guard };

    private async Task<ExperimentRecord> StartAsync()
    {
        await _world.PutInPlaceAsync(1);
        return await StartAsync(await _world.RegisterAsync(2), null);
    }

    private Task<ExperimentRecord> StartAsync(ModelVersion version, PromotionGuard? guard) => Run(guard).StartAsync(
        new(Deployment(version), Policy with { Percent = 30 }, 7), new Heard(), CancellationToken.None);
}

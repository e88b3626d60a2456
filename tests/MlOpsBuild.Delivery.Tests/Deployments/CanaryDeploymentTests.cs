using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(ProcessCollection))]
public sealed class CanaryDeploymentTests(InstalledServer installed) : IDisposable
{
    private static readonly CanaryPolicy Patient = LocalWorld.Policy with { MinimumCanaryRequests = 5000, MaximumRequests = 20_000 };
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_canary_that_is_no_worse_takes_over_and_the_version_before_stays_warm()
    {
        await DeployFirstAsync();
        var address = (await _world.ObserveAsync()).Address;

        var record = await _world.DeployAsync(await _world.RegisterAsync(2));

        record.Outcome.ShouldBe(DeploymentOutcome.Promoted);
        record.Reason.ShouldStartWith("no metric is worse by 2 times or more");
        (record.From, record.ProcessesStarted, record.Limits!.SlowMilliseconds).ShouldBe((1, 2, 5000));
        AllAnswered(record);
        record.Rehearsal!.ByVersion.Keys.ShouldBe(["1", "2"], ignoreOrder: true);
        (await ChampionAsync()).ShouldBe(2);
        var observed = await _world.ObserveAsync();
        observed.Servers.Select(server => (server.Instance.Version, server.Alive, server.Percent)).ShouldBe([(1, true, 0), (2, true, 100)]);
        observed.Address.ShouldBe(address);
    }

    [Fact]
    public async Task Only_the_version_just_before_stays_warm()
    {
        await DeployFirstAsync();
        await _world.DeployAsync(await _world.RegisterAsync(2));

        await _world.DeployAsync(await _world.RegisterAsync(3));

        (await _world.ObserveAsync()).Servers.Select(server => (server.Instance.Version, server.Percent)).ShouldBe([(2, 0), (3, 100)]);
    }

    [Theory]
    [InlineData("errors=0.4", BadEvent.Error)]
    [InlineData("latency=900ms", BadEvent.Slow)]
    [InlineData("predictions=1.3x", BadEvent.TooHigh)]
    [InlineData("predictions=0.7x", BadEvent.TooLow)]
    public async Task A_rehearsed_fault_is_rolled_back_with_its_metric_and_counts_on_record(string fault, BadEvent kind)
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);

        var record = await _world.DeployAsync(version, LocalWorld.Policy with { SlowAfter = TimeSpan.FromMilliseconds(600), RehearsalRate = 150 }, FaultOptions.Parse(fault));

        record.Outcome.ShouldBe(DeploymentOutcome.RolledBack);
        record.Reason.ShouldStartWith($"{kind}: ");
        AllAnswered(record);
        var stored = (await new DeploymentStore(_world.Store).FindAsync(record.Id, CancellationToken.None)).ShouldNotBeNull();
        var look = stored.Looks[^1];
        look.Decision.ShouldBe(CanaryDecision.Rollback);
        var metric = look.Metrics.Single(other => other.Event == kind);
        metric.InCanary.ShouldBeGreaterThanOrEqualTo(4);
        stored.Reason.ShouldContain($"{metric.InCanary} of {metric.CanaryRequests} in the canary against {metric.InBaseline} of {metric.BaselineRequests}");
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    public async Task A_canary_killed_in_the_middle_is_rolled_back_and_every_caller_gets_an_answer()
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);
        var heard = new Heard(IsLook, () => LocalWorld.Kill(_world.File.Read().Servers.Single(server => server.Version == 2)));

        var record = await _world.DeployAsync(version, Patient, progress: heard);

        record.Outcome.ShouldBe(DeploymentOutcome.RolledBack);
        record.Reason.ShouldStartWith("Error: ");
        AllAnswered(record);
        record.Rehearsal!.ByStatus.Keys.ShouldBe([200]);
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    public async Task Stopping_in_the_middle_puts_all_traffic_back_and_is_recorded()
    {
        using var stopping = new CancellationTokenSource();
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);

        await Should.ThrowAsync<OperationCanceledException>(
            _world.DeployAsync(version, Patient, progress: new Heard(IsLook, stopping.Cancel), cancellationToken: stopping.Token));

        (await new DeploymentStore(_world.Store).OfAsync("Tiny", CancellationToken.None))[0].Outcome.ShouldBe(DeploymentOutcome.Stopped);
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    public async Task A_rollback_during_a_canary_ends_it_and_is_not_undone()
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);
        Task<RollbackResult>? rollback = null;
        var heard = new Heard(IsLook, () => rollback = Task.Run(() =>
            new Rollback(_world.Store, _world.Environment, TimeProvider.System).RunAsync("Tiny", "on call", "complaints", TimeProvider.System.GetTimestamp(), CancellationToken.None)));

        var record = await _world.DeployAsync(version, Patient with { Steps = [5, 25, 50], RequestsPerStep = 400 }, progress: heard);

        var result = await rollback.ShouldNotBeNull();
        (result.From, result.To, result.Note).ShouldBe((2, 1, "a canary was in course; it was withdrawn"));
        record.Outcome.ShouldBe(DeploymentOutcome.Inconclusive);
        record.Reason.ShouldStartWith("somebody else changed the routes");
        AllAnswered(record);
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    public async Task A_canary_that_is_rolled_back_leaves_the_version_before_the_champion_warm()
    {
        await DeployFirstAsync();
        await _world.DeployAsync(await _world.RegisterAsync(2));

        await _world.DeployAsync(await _world.RegisterAsync(3), fault: new(Errors: 0.5));

        (await _world.ObserveAsync()).Servers.Select(server => (server.Instance.Version, server.Alive, server.Percent)).ShouldBe([(1, true, 0), (2, true, 100)]);
        (await ChampionAsync()).ShouldBe(2);
    }

    private static bool IsLook(string line) => line.Contains(" baseline ", StringComparison.Ordinal) && line.Contains("Continue", StringComparison.Ordinal);

    private static void AllAnswered(DeploymentRecord record)
    {
        var rehearsal = record.Rehearsal.ShouldNotBeNull();
        rehearsal.Sent.ShouldBeGreaterThan(0);
        rehearsal.Answered.ShouldBe(rehearsal.Sent);
    }

    private async Task<ModelVersion> DeployFirstAsync()
    {
        var version = await _world.RegisterAsync(1);
        (await _world.DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        return version;
    }

    private async Task OnlyTheFirstServesAsync()
    {
        var observed = await _world.ObserveAsync();
        observed.Servers.Select(server => (server.Instance.Version, server.Alive, server.Percent)).ShouldBe([(1, true, 100)]);
        observed.Routes!.Canary.ShouldBeNull();
        (await ChampionAsync()).ShouldBe(1);
        LocalWorld.PidsOf(_world.File.Folder).Count.ShouldBe(2);
    }

    private async Task<int?> ChampionAsync() => (await _world.Store.Versions("Tiny").ResolveAsync(Deployer.Champion, CancellationToken.None))?.Number;
}

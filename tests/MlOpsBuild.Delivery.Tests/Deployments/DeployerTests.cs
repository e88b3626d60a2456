using System.Text.Json;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(DeploymentCollection))]
public sealed class DeployerTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_first_version_serves_once_its_rates_are_bounded()
    {
        var version = await _world.RegisterAsync(1);

        var record = await _world.DeployAsync(version);

        record.Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        record.Reason.ShouldStartWith("no rate of bad events above 5%");
        (record.Version, record.From, record.ProcessesStarted).ShouldBe((1, null, 3));
        record.Looks[^1].Seen.CanaryRequests.ShouldBeGreaterThanOrEqualTo(80);
        AllAnswered(record);
        (await ChampionAsync()).ShouldBe(1);
        var observed = await _world.ObserveAsync();
        (observed.Serving?.Version, observed.Address).ShouldBe((1, record.Address));
        var stored = await StoredAsync(record.Id);
        stored.Ended.ShouldBeGreaterThanOrEqualTo(record.Ended);
        Text(stored).ShouldBe(Text(record with { Ended = stored.Ended }));
        (await _world.Store.Audit.ReadAsync(CancellationToken.None))
            .Select(entry => (entry.Actor, entry.Action, entry.Details["to"], entry.Details["deployment"]))
            .ShouldBe([("tester", "deploy", "v1", record.Id)]);
    }

    [Fact]
    public async Task A_first_version_that_errs_ends_and_nothing_serves()
    {
        var version = await _world.RegisterAsync(1);

        var record = await _world.DeployAsync(version, LocalWorld.Policy with { MaximumRequests = 200 }, fault: new(Errors: 0.5));

        record.Outcome.ShouldBe(DeploymentOutcome.RolledBack);
        record.Reason.ShouldStartWith("Error: ");
        (await ChampionAsync()).ShouldBeNull();
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_serves_already_starts_nothing()
    {
        var version = await _world.RegisterAsync(1);
        await _world.DeployAsync(version);
        var before = LocalWorld.PidsOf(_world.Folder.Path);

        var record = await _world.DeployAsync(version);

        record.Outcome.ShouldBe(DeploymentOutcome.AlreadyServing);
        (record.Reason, record.ProcessesStarted).ShouldBe(("v1 serves already", 0));
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBe(before);
        _ = (await _world.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_version_that_should_serve_and_does_not_is_put_back_in_place_without_a_canary(bool serverToo)
    {
        var version = await _world.RegisterAsync(1);
        var address = (await _world.DeployAsync(version)).Address;
        var observed = await _world.ObserveAsync();
        LocalWorld.Kill(observed.Gateway!);
        if (serverToo)
        {
            LocalWorld.Kill(observed.Serving!);
        }

        var record = await _world.DeployAsync(version);

        record.Outcome.ShouldBe(DeploymentOutcome.Restarted);
        record.Reason.ShouldBe("v1 was not serving; put back in place without a canary");
        (record.Looks.Count, record.ProcessesStarted, record.Address).ShouldBe((0, serverToo ? 2 : 1, address));
        (await _world.ObserveAsync()).Serving.ShouldNotBeNull().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_canary_left_over_from_a_killed_build_is_cleared_before_anything_else()
    {
        var version = await _world.RegisterAsync(1);
        await _world.DeployAsync(version);
        var canary = await LeaveACanaryAsync();
        var heard = new Heard();

        var record = await _world.DeployAsync(version, progress: heard);

        record.Outcome.ShouldBe(DeploymentOutcome.AlreadyServing);
        heard.Lines.ShouldContain("a canary of v2 was left over from a build that ended; it gets no more requests");
        LocalWorld.PidsOf(canary.Folder).ShouldBeEmpty();
        var observed = await _world.ObserveAsync();
        (observed.Routes!.Canary, observed.Routes.CanaryPercent, observed.Servers.Count).ShouldBe((null, 0, 1));
    }

    [Fact]
    public async Task The_second_of_two_deployments_waits_and_says_for_whom()
    {
        var version = await _world.RegisterAsync(1);
        var held = await _world.Store.LockAsync("deploy-Tiny-local", TimeSpan.Zero, CancellationToken.None);
        var heard = new Heard(line => line.StartsWith("waiting for process", StringComparison.Ordinal), held.Dispose);

        var record = await _world.DeployAsync(version, progress: heard);

        record.Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        heard.Lines.ShouldContain(line => line.StartsWith($"waiting for process {Environment.ProcessId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopping_a_first_deployment_ends_its_processes_and_is_recorded()
    {
        using var stopping = new CancellationTokenSource();
        var version = await _world.RegisterAsync(1);
        var heard = new Heard(line => line.Contains("Continue: Error", StringComparison.Ordinal), stopping.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(
            _world.DeployAsync(
                version, LocalWorld.Policy with { MinimumCanaryRequests = 5000, ToleratedRate = 0.0001 }, progress: heard,
                cancellationToken: stopping.Token));

        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
        (await new DeploymentStore(_world.Store).OfAsync("Tiny", CancellationToken.None))
            .ShouldHaveSingleItem()
            .Outcome.ShouldBe(DeploymentOutcome.Stopped);
        (await ChampionAsync()).ShouldBeNull();
    }

    private static string Text(DeploymentRecord record) => JsonSerializer.Serialize(record, CanonicalJson.Options);

    private static void AllAnswered(DeploymentRecord record)
    {
        var rehearsal = record.Rehearsal.ShouldNotBeNull();
        rehearsal.Sent.ShouldBeGreaterThan(0);
        (rehearsal.Answered, rehearsal.ByStatus.Values.Sum()).ShouldBe((rehearsal.Sent, rehearsal.Sent));
    }

    private async Task<Servers.ServerInstance> LeaveACanaryAsync()
    {
        var canary = await _world.Environment.StartAsync(2, await _world.ModelAsync(), null, CancellationToken.None);
        await _world.RouteAsync(routes => routes with { Canary = LocalWorld.At(canary), CanaryPercent = 30, LeaseSeconds = 60 });
        return canary;
    }

    private async Task<int?> ChampionAsync() =>
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))?.Number;

    private async Task<DeploymentRecord> StoredAsync(string id) =>
        (await new DeploymentStore(_world.Store).FindAsync(id, CancellationToken.None)).ShouldNotBeNull();
}

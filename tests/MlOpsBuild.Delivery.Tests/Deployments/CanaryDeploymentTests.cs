using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(DeploymentCollection))]
public sealed class CanaryDeploymentTests(InstalledServer installed) : IDisposable
{
    private static readonly CanaryPolicy Patient = LocalWorld.Policy with { MinimumCanaryRequests = 2500, MaximumRequests = 20_000 };
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_canary_that_is_no_worse_takes_over_and_the_version_before_stays_warm()
    {
        await DeployFirstAsync();
        var address = (await _world.ObserveAsync()).Address;

        var record = await _world.DeployAsync(await _world.RegisterAsync(2));

        record.Outcome.ShouldBe(DeploymentOutcome.Promoted);
        record.Reason.ShouldStartWith("not worse by more than 10%: mean loss ");
        (record.From, record.ProcessesStarted, record.Reference!.UsualError, record.Plan!.Budget).ShouldBe((1, 2, 3, 6000));
        AllAnswered(record);
        record.Rehearsal!.ByVersion.Keys.ShouldBe(["1", "2"], ignoreOrder: true);
        (await ChampionAsync()).ShouldBe(2);
        var observed = await _world.ObserveAsync();
        observed.Servers.Select(server => (server.Instance.Version, server.Alive, server.Percent)).ShouldBe([(1, true, 0), (2, true, 100)]);
        observed.Address.ShouldBe(address);
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Only_the_version_just_before_stays_warm()
    {
        await DeployFirstAsync();
        await _world.DeployAsync(await _world.RegisterAsync(2));

        await _world.DeployAsync(await _world.RegisterAsync(3));

        (await _world.ObserveAsync()).Servers.Select(server => (server.Instance.Version, server.Percent)).ShouldBe([(2, 0), (3, 100)]);
    }

    [Theory]
    [InlineData("errors=0.4", "Error: ")]
    [InlineData("latency=900ms", "Slow: ")]
    [InlineData("predictions=1.03x", "worse by more than 10%: ")]
    public Task A_rehearsed_fault_is_rolled_back_with_its_reason_and_counts_on_record(string fault, string reason) =>
        RolledBackAsync(fault, reason);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData("predictions=0.97x", "worse by more than 10%: ")]
    [InlineData("predictions=3x", "worse by more than 10%: |GrossError: ")]
    public Task So_is_one_that_errs_to_the_other_side_or_grossly(string fault, string reason) => RolledBackAsync(fault, reason);

    private async Task RolledBackAsync(string fault, string reason)
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);

        var record = await _world.DeployAsync(version, LocalWorld.Policy with { RehearsalRate = 150 }, FaultOptions.Parse(fault));

        record.Outcome.ShouldBe(DeploymentOutcome.RolledBack, record.Reason);
        reason.Split('|').ShouldContain(start => record.Reason.StartsWith(start, StringComparison.Ordinal), record.Reason);
        AllAnswered(record);
        var stored = (await new DeploymentStore(_world.Store).FindAsync(record.Id, CancellationToken.None)).ShouldNotBeNull();
        var look = stored.Looks[^1];
        (look.Decision, look.Reason).ShouldBe((CanaryDecision.Rollback, stored.Reason));
        look.Seen.Loss!.OnSameRequest.ShouldBe(look.Seen.Loss.Rows);
        await OnlyTheFirstServesAsync();
    }

    /// <summary>
    /// Both arms got the candidate's columns, and the champion answered 400: a version with other features could not pass.
    /// </summary>
    [Fact]
    public async Task A_version_that_needs_another_column_is_compared_on_requests_that_carry_the_contract()
    {
        await DeployFirstAsync();

        var record = await _world.DeployAsync(await TinyModel.RegisterAsync(_world.Store, 2, needsWind: true));

        record.Outcome.ShouldBe(DeploymentOutcome.Promoted, record.Reason);
        record.Looks[^1].Seen.Metrics.Single(metric => metric.Event == BadEvent.Refused)
            .ShouldSatisfyAllConditions(metric => metric.InCanary.ShouldBe(0), metric => metric.InBaseline.ShouldBe(0));
    }

    [Fact]
    public async Task A_shadow_is_compared_and_no_caller_gets_an_answer_of_it()
    {
        await DeployFirstAsync();
        var request = new DeploymentRequest(
            TinyModel.Pipeline, await _world.RegisterAsync(2), LocalWorld.Policy, Modeling.Evaluation.RowLoss.SquaredError, 7,
            "tester") { Shadow = true };

        var record = await _world.DeployAsync(request);

        (record.Outcome, record.Looks[^1].Decision).ShouldBe((DeploymentOutcome.Shadowed, CanaryDecision.Promote));
        record.Rehearsal!.ByVersion.Keys.ShouldBe(["1"]);
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    public async Task What_a_deployment_would_do_is_told_and_nothing_is_started()
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);
        var before = LocalWorld.PidsOf(_world.Folder.Path);

        var (wouldRun, action, lines) =
            await new Deployer(_world.Store, _world.Environment, _world.Rehearsals, _world.Admin, TimeProvider.System)
                .ForecastAsync(
                    new(TinyModel.Pipeline, version, LocalWorld.Policy, Modeling.Evaluation.RowLoss.SquaredError, 7, "tester"),
                    tellsCanary: true, CancellationToken.None);

        (wouldRun, action).ShouldBe((true, "v2 would be tried beside v1 at 50 %"));
        lines.ShouldContain(action);
        lines.ShouldContain(line => line.StartsWith("what this canary can see", StringComparison.Ordinal));
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBe(before);
        (await new DeploymentStore(_world.Store).OfAsync("Tiny", CancellationToken.None)).Count.ShouldBe(1);
    }

    /// <summary>A canary that dies is started again; callers have their answers all the while.</summary>
    [Fact]
    public async Task Whichever_version_is_killed_in_the_middle_every_caller_gets_an_answer()
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);
        var heard = new Heard(IsLook, () => LocalWorld.Kill(_world.Folder.Servers().Single(server => server.Version == 1)));

        var record = await _world.DeployAsync(version, Patient, progress: heard);

        // The baseline's death is none of the canary's doing.
        record.Outcome.ShouldBeOneOf(DeploymentOutcome.Promoted, DeploymentOutcome.Inconclusive);
        AllAnswered(record);
        record.Rehearsal!.ByStatus.Keys.ShouldBe([200]);
        (await _world.ObserveAsync()).Serving.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_canary_that_dies_again_and_again_is_rolled_back()
    {
        await DeployFirstAsync();
        var version = await _world.RegisterAsync(2);
        var heard = new Heard(IsLook, () => Directory.Delete(
            _world.Folder.Servers().Single(server => server.Version == 2) is var canary && Killed(canary) ? canary.Folder : "",
            recursive: true));

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
            _world.RollBackAsync()));

        var record = await _world.DeployAsync(version, Patient with { Steps = [5, 25, 50], RequestsPerStep = 400 }, progress: heard);

        var result = await rollback.ShouldNotBeNull();
        (result.From, result.To, result.Note).ShouldBe((2, 1, "a canary was in course; it was withdrawn"));
        (record.Outcome, record.Reason).ShouldBe((DeploymentOutcome.Withdrawn, "withdrawn by on call: complaints"));
        AllAnswered(record);
        await OnlyTheFirstServesAsync();
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task A_canary_that_is_rolled_back_leaves_the_version_before_the_champion_warm()
    {
        await DeployFirstAsync();
        await _world.DeployAsync(await _world.RegisterAsync(2));

        await _world.DeployAsync(await _world.RegisterAsync(3), fault: new(Errors: 0.5));

        (await _world.ObserveAsync()).Servers.Select(server => (server.Instance.Version, server.Alive, server.Percent))
            .ShouldBe([(1, true, 0), (2, true, 100)]);
        (await ChampionAsync()).ShouldBe(2);
    }

    private static bool IsLook(string line) =>
        line.Contains(" baseline ", StringComparison.Ordinal) && line.Contains("Continue", StringComparison.Ordinal);

    private static bool Killed(Servers.ServerInstance instance)
    {
        LocalWorld.Kill(instance);
        return true;
    }

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
        LocalWorld.PidsOf(_world.Folder.Path).Count.ShouldBe(2);
    }

    private async Task<int?> ChampionAsync() =>
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))?.Number;
}

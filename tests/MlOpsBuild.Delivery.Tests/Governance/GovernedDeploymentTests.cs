using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Governance.Tests;

[Collection(nameof(DeploymentCollection))]
public sealed class GovernedDeploymentTests(InstalledServer installed) : IDisposable
{
    private static readonly EnvironmentPolicy NeedsApproval =
        EnvironmentPolicy.On("local", e => e.ApprovedBy(Who.Anyone).RolledBackBy(Who.Local("release")));

    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_version_that_nobody_approved_starts_nothing_and_the_attempt_is_in_the_audit_log()
    {
        var version = await _world.RegisterAsync(1);

        var denial = await Should.ThrowAsync<StageFailedException>(DeployAsync(version));

        (denial.Verdict, denial.ExitCode).ShouldBe((Verdict.Failed, ExitCodes.GateSaidNo));
        denial.Findings.Single().What.ShouldBe("v1 is not approved");
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
        (await new DeploymentStore(_world.Store).OfAsync("Tiny", CancellationToken.None)).ShouldBeEmpty();
        var entry = (await _world.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (entry.Actor, entry.Action, entry.Subject, entry.Reason).ShouldBe(("eve", "denied", "Tiny/local", "v1 is not approved"));
        entry.Details.ShouldBe(new SortedDictionary<string, string>
        {
            ["act"] = "deploy", ["as"] = "local:eve", ["codes"] = "MLB5036", ["version"] = "v1",
        });
    }

    [Fact]
    public async Task What_serves_is_put_back_without_asking_and_a_comparison_needs_no_approval()
    {
        var champion = await _world.PutInPlaceAsync(1);
        LocalWorld.Kill((await _world.ObserveAsync()).Serving!);

        (await DeployAsync(champion)).Outcome.ShouldBe(DeploymentOutcome.Restarted);
        (await DeployAsync(champion)).Outcome.ShouldBe(DeploymentOutcome.AlreadyServing);
        (await DeployAsync(await _world.RegisterAsync(2), shadow: true)).Outcome.ShouldBe(DeploymentOutcome.Shadowed);
        await Should.ThrowAsync<StageFailedException>(DeployAsync(await _world.RegisterAsync(2)));
    }

    /// <summary>An alias is the team's: whoever moves it elsewhere decides nothing for this machine.</summary>
    [Fact]
    public async Task A_version_that_the_alias_names_and_that_never_served_here_is_asked_about()
    {
        var foreign = await _world.RegisterAsync(1);
        await _world.Store.Versions("Tiny").MoveAsync(
            "champion", null, foreign.Number, AliasMoveKind.Promote, "mallory", "moved elsewhere", CancellationToken.None);

        (await Should.ThrowAsync<StageFailedException>(DeployAsync(foreign))).Findings.Single().What.ShouldBe("v1 is not approved");
        (await Should.ThrowAsync<StageFailedException>(DeployAsync(await _world.RegisterAsync(2))))
            .Findings.Select(finding => finding.What).ShouldBe(["v1 is not approved", "v2 is not approved"]);
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();

        await ApproveAsync(foreign, "bob", withdraws: false);
        (await DeployAsync(foreign)).Outcome.ShouldBe(DeploymentOutcome.Restarted);
    }

    /// <summary>The runtime folder is gone after a restart of the machine; an approval from then may have run out.</summary>
    [Fact]
    public async Task What_was_put_in_place_from_here_is_put_back_without_asking_when_the_machine_was_started_anew()
    {
        var version = await _world.RegisterAsync(1);
        await ApproveAsync(version, "bob", withdraws: false);
        (await DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.FirstServed);
        await ApproveAsync(version, "bob", withdraws: true);
        await _world.Environment.StopAllAsync(CancellationToken.None);

        (await DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.Restarted);
        await _world.Environment.StopAllAsync(CancellationToken.None);
        (await DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.Restarted);
    }

    [Fact]
    public async Task What_a_rollback_put_back_here_is_put_back_without_asking_as_well()
    {
        await _world.PutInPlaceAsync(1);
        await _world.PutInPlaceAsync(2);
        (await _world.RollBackAsync()).To.ShouldBe(1);
        await _world.Environment.StopAllAsync(CancellationToken.None);

        var first = await _world.Store.Versions("Tiny").FindAsync(1, CancellationToken.None);
        (await DeployAsync(first!)).Outcome.ShouldBe(DeploymentOutcome.Restarted);
    }

    /// <summary>A record is the team's to write; it says nothing of this machine.</summary>
    [Fact]
    public async Task A_record_that_says_it_served_here_lets_nothing_through()
    {
        var foreign = await _world.RegisterAsync(1);
        await _world.Store.Versions("Tiny").MoveAsync(
            "champion", null, foreign.Number, AliasMoveKind.Promote, "mallory", "moved elsewhere", CancellationToken.None);
        var deployments = new DeploymentStore(_world.Store);
        await deployments.SaveAsync(
            new()
            {
                Id = deployments.NewId(DateTimeOffset.UtcNow, 1), Pipeline = "Tiny", Environment = "local", Version = 1,
                Started = DateTimeOffset.UtcNow, Outcome = DeploymentOutcome.FirstServed, Origin = _world.Store.Origin,
            },
            CancellationToken.None);

        await Should.ThrowAsync<StageFailedException>(DeployAsync(foreign));
    }

    /// <summary>Where a signature is demanded and cannot be made: who is denied hears why, and the attempt is kept.</summary>
    [Fact]
    public async Task Whoever_is_denied_hears_of_the_policy_before_the_key_that_they_lack()
    {
        var version = await _world.RegisterAsync(1);
        Directory.CreateDirectory(_world["keys/.nuke/keys"]);
        await File.WriteAllTextAsync(_world["keys/.nuke/keys/team.pem"], Trust.Create().Public);
        _world.Store.Trust = Trust.Of(_world["keys"], "local", new Dictionary<string, string>());

        (await Should.ThrowAsync<StageFailedException>(DeployAsync(version))).Findings.Single().Code.ShouldBe("MLB5036");
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Action.ShouldBe("denied");
    }

    [Fact]
    public async Task What_is_told_beforehand_names_the_denial_and_writes_nothing()
    {
        var version = await _world.RegisterAsync(1);

        var told = await Deployer().ForecastAsync(Request(version), tellsCanary: true, CancellationToken.None);

        told.Lines.ShouldContain(line => line.StartsWith("it would be denied: Tiny/local: v1 is not approved", StringComparison.Ordinal));
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>A canary takes its time: what was allowed when it began may not be any more.</summary>
    [Fact]
    public async Task An_approval_that_is_taken_back_during_the_canary_keeps_the_version_from_taking_over()
    {
        await _world.PutInPlaceAsync(1);
        var version = await _world.RegisterAsync(2);
        await ApproveAsync(version, "bob", withdraws: false);
        var heard = new Heard(
            line => line.Contains("Continue:", StringComparison.Ordinal),
            () => ApproveAsync(version, "bob", withdraws: true).GetAwaiter().GetResult());

        var record = await DeployAsync(version, progress: heard);

        record.Outcome.ShouldBe(DeploymentOutcome.Denied);
        record.Reason.ShouldContain("; but the policy denies it now: Tiny/local: v2 is not approved");
        DeploymentVerdict.Of(record.Outcome).ShouldBe(Verdict.Failed);
        (await _world.ObserveAsync()).Serving!.Version.ShouldBe(1);
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).Select(entry => entry.Action).ShouldBe(["denied", "deploy"]);
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Of("local"), CancellationToken.None))!.Number.ShouldBe(1);
    }

    /// <summary>What somebody says at another machine during a canary is heard before the version takes over.</summary>
    [Fact]
    public async Task The_team_is_asked_once_more_before_a_version_takes_over()
    {
        await _world.PutInPlaceAsync(1);
        var version = await _world.RegisterAsync(2);
        await ApproveAsync(version, "bob", withdraws: false);
        _refresh = _ => ApproveAsync(version, "bob", withdraws: true);

        (await DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.Denied);

        (await _world.ObserveAsync()).Routes!.Canary.ShouldBeNull();
    }

    [Fact]
    public async Task An_approved_version_takes_over()
    {
        await _world.PutInPlaceAsync(1);
        var version = await _world.RegisterAsync(2);
        await ApproveAsync(version, "bob", withdraws: false);

        (await DeployAsync(version)).Outcome.ShouldBe(DeploymentOutcome.Promoted);
    }

    private Func<CancellationToken, Task>? _refresh;

    private Deployer Deployer() => new(_world.Store, _world.Reopen(), _world.Rehearsals, _world.Admin, TimeProvider.System)
    {
        Guard = new(
            _world.Store, NeedsApproval, new("eve", [Who.Local("eve")]), () => Roles.None,
            (_, _) => Task.FromResult<IReadOnlyDictionary<VersionRequirement, string>>(new Dictionary<VersionRequirement, string>()),
            TimeProvider.System)
        {
            Refresh = _refresh,
        },
    };

    private static DeploymentRequest Request(ModelVersion version) =>
        new(TinyModel.Pipeline, version, DeliveryWorld.Policy, RowLoss.SquaredError, 7, "eve");

    private Task<DeploymentRecord> DeployAsync(ModelVersion version, bool shadow = false, IProgress<string>? progress = null) =>
        Deployer().RunAsync(Request(version) with { Shadow = shadow }, progress ?? new Heard(), CancellationToken.None);

    private Task ApproveAsync(ModelVersion version, string actor, bool withdraws)
    {
        var (approvals, now) = (new ApprovalStore(_world.Store), TimeProvider.System.GetUtcNow());
        return approvals.SaveAsync(
            new()
            {
                Id = approvals.NewId(now), Pipeline = TinyModel.Pipeline, Environment = "local", Bundle = version.Bundle, Actor = actor,
                Names = [$"local:{actor}"], Reason = "looks good", At = now, Until = now.AddDays(1), Withdraws = withdraws,
            },
            CancellationToken.None);
    }
}

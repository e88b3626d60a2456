using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Deployments.Tests;

/// <summary>A rehearsal ends with its build: it must never end what serves.</summary>
[Collection(nameof(DeploymentCollection))]
public sealed class RehearsedDeploymentTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_rehearsal_ends_with_its_build_and_moves_no_alias()
    {
        var record = await RehearseAsync(await _world.RegisterAsync(1));

        (record.Outcome, record.Rehearsed).ShouldBe((DeploymentOutcome.FirstServed, true));
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
        (await ChampionAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_something_serves_a_rehearsal_is_refused_and_that_serves_on(bool shadow)
    {
        var champion = await _world.PutInPlaceAsync(1);

        var refused = await Should.ThrowAsync<UsageException>(RehearseAsync(await _world.RegisterAsync(2), shadow));
        (await Should.ThrowAsync<UsageException>(RehearseAsync(champion))).Message.ShouldContain("--keep-serving");

        refused.Findings.Single().What.ShouldBe("A rehearsal ends with its build, and what serves here would end with it");
        (await _world.AskAsync()).ShouldBe("1");
    }

    /// <summary>Routes are kept: as soon as the gateway is put back it serves them again.</summary>
    [Fact]
    public async Task The_same_where_the_gateway_is_dead()
    {
        await _world.PutInPlaceAsync(1);
        LocalWorld.KillAll(_world.Folder.Path);

        await Should.ThrowAsync<UsageException>(RehearseAsync(await _world.RegisterAsync(2)));

        _world.Folder.Routes()!.Baseline!.Version.ShouldBe(1);
    }

    /// <summary>Also after the gateway has ended the lease of what was on trial: no build wrote these routes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_rehearsal_that_was_cut_short_left_behind_is_ended_by_the_next_build(bool isRehearsal)
    {
        var version = await _world.PutInPlaceAsync(1);
        await _world.RouteAsync(routes => routes with { Rehearsed = true });
        var heard = new Heard();

        (await _world.DeployAsync(Request(version) with { MovesAliases = !isRehearsal }, heard)).Outcome
            .ShouldBe(DeploymentOutcome.Restarted);

        heard.Lines.ShouldContain("a rehearsal was left over from a build that was cut short; it is ended");
        _world.Folder.Routes()?.Rehearsed.ShouldBe(false);
    }

    /// <summary>Whoever rolls back makes it real: a person was told that it serves.</summary>
    [Fact]
    public async Task What_a_rollback_during_a_rehearsal_put_back_serves_on()
    {
        var first = await _world.PutInPlaceAsync(1);
        await _world.PutInPlaceAsync(2);
        await _world.Environment.StopAllAsync(CancellationToken.None);
        var heard = new Heard(
            line => line.Contains("rehearsal traffic", StringComparison.Ordinal),
            () => _world.RollBackAsync().GetAwaiter().GetResult());

        var record = await RehearseAsync(await _world.RegisterAsync(3), progress: heard);

        record.PutInPlace.ShouldBeFalse();
        (await _world.AskAsync()).ShouldBe($"{first.Number}");
    }

    /// <summary>A record that was signed before rehearsals were told apart is believed as it was.</summary>
    [Fact]
    public void A_record_of_what_is_real_says_nothing_of_rehearsals()
    {
        var record = new DeploymentRecord
        {
            Id = "1", Pipeline = "Tiny", Environment = "local", Version = 1, Started = DateTimeOffset.UnixEpoch,
        };

        CanonicalJson.Serialize(record).AsSpan().IndexOf("rehearsed"u8).ShouldBe(-1);
        CanonicalJson.Serialize(record with { Rehearsed = true }).AsSpan().IndexOf("rehearsed"u8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_comparison_needs_something_that_serves()
    {
        var version = await _world.RegisterAsync(1);

        (await Should.ThrowAsync<UsageException>(_world.DeployAsync(Request(version) with { Shadow = true })))
            .Findings.Single().What.ShouldBe("Nothing serves that it could be compared with");
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
    }

    private static DeploymentRequest Request(ModelVersion version) =>
        new(TinyModel.Pipeline, version, DeliveryWorld.Policy, RowLoss.SquaredError, 7, "tester");

    private Task<DeploymentRecord> RehearseAsync(ModelVersion version, bool shadow = false, IProgress<string>? progress = null) =>
        _world.DeployAsync(Request(version) with { MovesAliases = false, Shadow = shadow }, progress);

    private Task<ModelVersion?> ChampionAsync() =>
        _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Of("local"), CancellationToken.None);
}

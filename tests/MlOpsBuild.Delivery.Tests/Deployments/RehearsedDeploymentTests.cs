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

    [Fact]
    public async Task What_a_rehearsal_that_was_cut_short_left_behind_is_ended_by_the_next_one()
    {
        var version = await _world.PutInPlaceAsync(1);
        var deployments = new DeploymentStore(_world.Store);
        var cut = new DeploymentRecord
        {
            Id = deployments.NewId(DateTimeOffset.UtcNow, 1), Pipeline = "Tiny", Environment = "local", Version = 1,
            Started = DateTimeOffset.UtcNow, Rehearsed = true,
        };
        await deployments.SaveAsync(cut, CancellationToken.None);
        await _world.Environment.ChangeAsync(
            null, routes => routes with { Change = DeliveryWorld.Change with { Deployment = cut.Id } }, 0, 1, CancellationToken.None);
        var heard = new Heard();

        (await RehearseAsync(version, progress: heard)).Outcome.ShouldBe(DeploymentOutcome.Restarted);

        heard.Lines.ShouldContain("a rehearsal was left over from a build that was cut short; it is ended");
        LocalWorld.PidsOf(_world.Folder.Path).ShouldBeEmpty();
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

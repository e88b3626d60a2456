using System.Text;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Tests;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

[Collection(nameof(DeploymentCollection))]
public sealed class RollbackTests(InstalledServer installed) : IDisposable
{
    private readonly LocalWorld _world = new(installed.Program);

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_version_that_is_still_warm_takes_over_at_once()
    {
        await DeployAsync(2);

        var result = await _world.RollBackAsync();

        (result.From, result.To, result.Warm, result.Note).ShouldBe((2, 1, true, null));
        (await _world.AskAsync()).ShouldBe("1");
        var moves = await _world.Store.Versions("Tiny").HistoryAsync(EnvironmentAlias.Champion, CancellationToken.None);
        (moves[^1].From, moves[^1].To, moves[^1].Kind, moves[^1].Actor, moves[^1].Reason)
            .ShouldBe((2, 1, AliasMoveKind.Rollback, "on call", "complaints"));
        var entry = (await _world.Store.Audit.ReadAsync(CancellationToken.None))[^1];
        (entry.Action, entry.Subject, entry.Reason, entry.Details["from"], entry.Details["to"])
            .ShouldBe(("rollback", "Tiny/local", "complaints", "v2", "v1"));
        _world.Folder.Servers().ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_that_died_is_started_again()
    {
        await DeployAsync(2);
        await KillAsync(server => server.Version == 1);

        var result = await _world.RollBackAsync();

        (result.To, result.Warm).ShouldBe((1, false));
        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task It_works_when_everything_is_dead()
    {
        await DeployAsync(2);
        LocalWorld.KillAll(_world.Folder.Path);

        var result = await _world.RollBackAsync();

        (result.To, result.Warm).ShouldBe((1, false));
        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task Rolling_back_twice_goes_further_back_and_never_to_the_bad_version()
    {
        await DeployAsync(3);

        (await _world.RollBackAsync()).To.ShouldBe(2);
        (await _world.RollBackAsync()).To.ShouldBe(1);

        (await Should.ThrowAsync<UsageException>(_world.RollBackAsync())).ExitCode.ShouldBe(2);
        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task Where_there_is_nothing_to_go_back_to_it_is_a_wrong_call()
    {
        var nothing = await Should.ThrowAsync<UsageException>(_world.RollBackAsync());
        await DeployAsync(1);
        var first = await Should.ThrowAsync<UsageException>(_world.RollBackAsync());

        (nothing.ExitCode, nothing.Findings[0].Value).ShouldBe((2, "nothing serves"));
        (first.ExitCode, first.Findings[0].What, first.Findings[0].Value)
            .ShouldBe((2, "There is no version to go back to", "v1 is the first"));
        (await _world.AskAsync()).ShouldBe("1");
    }

    [Fact]
    public async Task During_a_canary_it_withdraws_it()
    {
        await DeployAsync(1);
        var canary = await _world.Environment.StartAsync(2, await _world.ModelAsync(), null, CancellationToken.None);
        var routes = (await _world.ObserveAsync()).Routes!;
        await _world.RouteAsync(_ => routes with { Canary = LocalWorld.At(canary), CanaryPercent = 100, LeaseSeconds = 60 });
        (await _world.AskAsync()).ShouldBe("2");

        var result = await _world.RollBackAsync();

        (result.From, result.To, result.Warm, result.Note).ShouldBe((2, 1, true, "a canary was in course; it was withdrawn"));
        (await _world.AskAsync()).ShouldBe("1");
        (await _world.ObserveAsync()).Routes!.Canary.ShouldBeNull();
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))
            .ShouldNotBeNull()
            .Number.ShouldBe(1);
    }

    [Fact]
    public async Task Traffic_moves_even_when_the_store_cannot_be_written_and_that_is_said()
    {
        await DeployAsync(2);
        var held = _world["checkout/.mlops/registry/Tiny/registry.lock"];
        File.Delete(held);
        Directory.CreateDirectory(held);

        var result = await _world.RollBackAsync();

        result.Note.ShouldNotBeNull().ShouldStartWith("traffic moved, but the record was not written: ");
        (await _world.AskAsync()).ShouldBe("1");
    }

    /// <summary>
    /// A disk that was full between traffic and record: the rollback was forgotten, and the next deployment
    /// gave the bad version everything.
    /// </summary>
    [Fact]
    public async Task A_decision_that_could_not_be_written_is_written_by_the_next_command()
    {
        await _world.PutInPlaceAsync(1);
        var bad = await _world.PutInPlaceAsync(2);
        string[] obstacles = [_world["checkout/.mlops/environments"], _world["checkout/.mlops/registry/Tiny/registry.lock"]];
        File.Delete(obstacles[1]);
        File.WriteAllText(obstacles[0], "no folder");
        Directory.CreateDirectory(obstacles[1]);
        (await _world.RollBackAsync()).Note.ShouldNotBeNull().ShouldContain("the gateway keeps the decision");
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))
            .ShouldNotBeNull()
            .Number.ShouldBe(2);
        File.Delete(obstacles[0]);
        Directory.Delete(obstacles[1]);
        var heard = new Heard();

        await Should.ThrowAsync<StageFailedException>(_world.DeployAsync(bad, progress: heard));

        heard.Lines.ShouldContain(line => line.StartsWith(
            "the rollback from v2 to v1 by on call had been cut short", StringComparison.Ordinal));
        (await _world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))
            .ShouldNotBeNull()
            .Number.ShouldBe(1);
        (await _world.AskAsync()).ShouldBe("1");
        (await _world.Store.Audit.ReadAsync(CancellationToken.None)).Count(entry => entry.Action == "rollback").ShouldBe(1);
    }

    [SmallDiskFact]
    public async Task A_rollback_on_a_full_disk_moves_traffic_and_is_written_once_there_is_room()
    {
        using var disk = new SmallDisk();
        Directory.CreateSymbolicLink(Directory.CreateDirectory(_world["full/checkout"]).FullName + "/.mlops", disk.Path);
        using var world = new LocalWorld(installed.Program, _world["full"]);
        await world.PutInPlaceAsync(1);
        var bad = await world.PutInPlaceAsync(2);
        var filling = Path.Combine(disk.Path, "filling");
        Fill(filling);

        var rolledBack = await world.RollBackAsync();

        rolledBack.Note.ShouldNotBeNull().ShouldContain("the gateway keeps the decision");
        (await world.AskAsync()).ShouldBe("1");
        File.Delete(filling);
        (await Should.ThrowAsync<StageFailedException>(world.DeployAsync(bad))).Summary.ShouldBe("v2 was refused before");
        (await world.AskAsync()).ShouldBe("1");
        (await world.Store.Versions("Tiny").ResolveAsync(EnvironmentAlias.Champion, CancellationToken.None))
            .ShouldNotBeNull()
            .Number.ShouldBe(1);
        (await world.Store.Audit.ReadAsync(CancellationToken.None)).Count(entry => entry.Action == "rollback").ShouldBe(1);
    }

    [Fact]
    public async Task A_version_that_was_taken_away_goes_out_once_more_when_somebody_says_so()
    {
        await _world.PutInPlaceAsync(1);
        var bad = await _world.PutInPlaceAsync(2);
        await _world.RollBackAsync();
        var request = new DeploymentRequest(
            TinyModel.Pipeline, bad, LocalWorld.Policy, Modeling.Evaluation.RowLoss.SquaredError, 7, "tester");

        (await Should.ThrowAsync<StageFailedException>(_world.DeployAsync(request))).Findings[0].Fix.ShouldNotBeNull()
            .ShouldContain("--again");
        var again = await _world.DeployAsync(request with { Again = true });
        again.Outcome.ShouldBe(
            DeploymentOutcome.Promoted, $"{again.Reason} {string.Join(" ", again.Looks[^1].Seen.Metrics)} {again.Looks[^1].Seen.Times}");

        // It has proved itself since.
        (await _world.DeployAsync(request)).Outcome.ShouldBe(DeploymentOutcome.AlreadyServing);
    }

    /// <summary>Rollback said "v1 serves again", and the deployment then routed to a server that was gone.</summary>
    [Fact]
    public async Task It_overtakes_a_deployment_that_is_starting_its_server()
    {
        await _world.PutInPlaceAsync(1);
        await _world.PutInPlaceAsync(2);
        var third = await _world.RegisterAsync(3);
        Task<RollbackResult>? rollback = null;
        var heard = new Heard(
            line => line.StartsWith("what this canary can see", StringComparison.Ordinal),
            () => (rollback = _world.RollBackAsync()).Wait());

        var record = await _world.DeployAsync(third, progress: heard);

        (await rollback.ShouldNotBeNull()).To.ShouldBe(1);
        (record.Outcome, record.Reason)
            .ShouldBe((DeploymentOutcome.Inconclusive, "somebody else changed the routes while the server started"));
        (await _world.AskAsync()).ShouldBe("1");
        _world.Folder.Servers().ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task The_time_is_measured_from_the_start_of_the_command()
    {
        await DeployAsync(2);
        var longAgo = TimeProvider.System.GetTimestamp() - (10 * TimeProvider.System.TimestampFrequency);

        var result = await new Rollback(_world.Store, _world.Environment, TimeProvider.System)
            .RunAsync("Tiny", "on call", "complaints", longAgo, new Heard(), CancellationToken.None);

        result.Took.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    private async Task DeployAsync(int versions)
    {
        for (var variant = 1; variant <= versions; variant++)
        {
            var record = await _world.DeployAsync(await _world.RegisterAsync(variant));
            record.Outcome.ShouldBe(variant == 1 ? DeploymentOutcome.FirstServed : DeploymentOutcome.Promoted, record.Reason);
        }
    }

    // The gateway would start it again.
    private async Task KillAsync(Func<Servers.ServerInstance, bool> which)
    {
        LocalWorld.Kill((await _world.ObserveAsync()).Gateway!);
        LocalWorld.Kill(_world.Folder.Servers().Single(which));
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // There is no more room.
        }
    }
}

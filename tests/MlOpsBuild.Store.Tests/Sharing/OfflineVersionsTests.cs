using MlOpsBuild.Core;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Versions registered and aliases moved without the remote are settled with the team's at the next exchange.</summary>
public sealed class OfflineVersionsTests
{
    [Fact]
    public async Task Versions_whose_numbers_were_taken_get_others_and_everything_of_this_machine_follows()
    {
        using var team = await TeamFixture.CreateAsync();
        await (await team.MachineAsync("b")).RegisterAsync("z");
        var alone = await AloneAsync(team, "x", "y");
        await alone.Versions(Machine.Pipeline).MoveAsync("champion", null, 2, AliasMoveKind.Promote, "t", "r", CancellationToken.None);
        var a = await team.MachineAsync("a");
        var run = a.Store.Runs.NewId(DateTimeOffset.UnixEpoch);
        await a.SaveRunAsync(run, 1, version: 2);
        await a.AuditAsync("deployed", ("to", "v2"));

        var report = await a.SendAsync();

        report.Renumbered.ShouldBe([new(Machine.Pipeline, 1, 2), new(Machine.Pipeline, 2, 3)], ignoreOrder: true);
        foreach (var machine in (Machine[])[a, await ReceivedAsync(team)])
        {
            (await machine.VersionsAsync("x", "y", "z")).ShouldBe(["1=z", "2=x", "3=y"]);
            (await machine.Versions.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Number.ShouldBe(3);
            (await machine.RunAsync(run)).ShouldNotBeNull().Version.ShouldBe(3);
            (await machine.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Details.ShouldBe([new("to", "v3")]);
        }
    }

    [Fact]
    public async Task A_bundle_that_the_team_registered_too_is_one_version()
    {
        using var team = await TeamFixture.CreateAsync();
        var b = await team.MachineAsync("b");
        await b.RegisterAsync("z");
        await b.RegisterAsync("x");
        await AloneAsync(team, "x", "y");
        var a = await team.MachineAsync("a");

        await a.SendAsync();

        (await a.VersionsAsync("x", "y", "z")).ShouldBe(["1=z", "2=x", "3=y"]);
    }

    [Fact]
    public async Task A_move_that_came_too_late_is_refused_told_and_audited_once()
    {
        using var team = await TeamFixture.CreateAsync();
        var b = await team.MachineAsync("b");
        await b.RegisterAsync("z");
        await b.Versions.MoveAsync("champion", null, 1, AliasMoveKind.Promote, "them", "first", CancellationToken.None);
        var alone = await AloneAsync(team, "x");
        var move = await alone.Versions(Machine.Pipeline)
            .MoveAsync("champion", null, 1, AliasMoveKind.Promote, "me", "too late", CancellationToken.None);
        var a = await team.MachineAsync("a");

        var report = await a.SendAsync();
        await a.SendAsync();

        var refused = report.RefusedMoves.ShouldHaveSingleItem();
        refused.Move.At.ShouldBe(move.At);
        refused.Standing.Actor.ShouldBe("them");
        (await a.Versions.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Bundle.ShouldBe(Digest.Of("z"));
        (await a.AuditedAsync()).ShouldBe(["too late"]);
        (await (await ReceivedAsync(team)).AuditedAsync()).ShouldBe(["too late"]);
    }

    [Fact]
    public async Task A_move_that_was_overtaken_fails_where_the_remote_answers()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        await a.RegisterAsync("x");
        await b.ReceiveAsync();
        await b.Versions.MoveAsync("champion", null, 1, AliasMoveKind.Promote, "them", "first", CancellationToken.None);

        var problem = await Should.ThrowAsync<StageFailedException>(() => a.Versions.MoveAsync(
            "champion", null, 1, AliasMoveKind.Promote, "me", "second", CancellationToken.None));

        problem.Findings.ShouldHaveSingleItem().What.ShouldBe("Alias 'champion' was moved by another build");
        (await a.Versions.HistoryAsync("champion", CancellationToken.None)).ShouldHaveSingleItem().Actor.ShouldBe("them");
    }

    // A store in the folder of machine "a" that has no remote yet.
    private static async Task<MlOpsStore> AloneAsync(TeamFixture team, params string[] bundles)
    {
        var alone = MlOpsStore.At(team["a"], TimeProvider.System);
        foreach (var bundle in bundles)
        {
            await alone.Versions(Machine.Pipeline).RegisterAsync(Machine.Version(bundle), Digest.Of(bundle), CancellationToken.None);
        }

        return alone;
    }

    private static async Task<Machine> ReceivedAsync(TeamFixture team)
    {
        var fresh = await team.MachineAsync("fresh");
        await fresh.ReceiveAsync();
        return fresh;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>Two machines, one git repository: what one did, the other knows.</summary>
public sealed class StateOfATeam(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly string[] Shared = ["--remote", "git"];

    [Fact]
    public async Task A_clean_clone_trains_nothing_that_the_team_has_trained()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        (await Checkout.RunAsync(["TestModel", .. Shared])).Expect(0).Output.ShouldContain("shared with the team");

        var again = (await other.RunAsync(["TestModel", .. Shared])).Expect(0);

        (await other.LastRunAsync()).StagesExecuted.ShouldBe(0);
        again.Output.ShouldContain("train: restored");
        (await other.ShellAsync("git status --porcelain && git branch --list && git stash list")).Expect(0).Output.Trim()
            .ShouldBe("* main");
    }

    /// <summary>Whoever proposes a change runs code of their own, whatever token the project gives its jobs.</summary>
    [Fact]
    public Task A_build_of_a_change_request_takes_the_teams_state_over_and_writes_none() =>
        RequireNothingWrittenAsync("GITHUB_EVENT_NAME", "pull_request");

    [Fact]
    [Trait("Category", "Nightly")]
    public Task So_does_one_of_a_merge_request() => RequireNothingWrittenAsync("CI_PIPELINE_SOURCE", "merge_request_event");

    private async Task RequireNothingWrittenAsync(string variable, string value)
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        (await Checkout.RunAsync(["TestModel", .. Shared])).Expect(0);
        other.Environment[variable] = value;

        var proposed = (await other.RunAsync(["TestModel", "--set", "trees=101", .. Shared])).Expect(0);

        proposed.Output.ShouldContain("taken over from the team");
        proposed.Output.ShouldContain("The team's state is read-only for this build (it belongs to a change request)");
        other.Environment.Remove(variable);
        (await Checkout.RunAsync(["TestModel", "--plan", "--set", "trees=101", .. Shared]))
            .Expect(0)
            .Output.ShouldContain("train: would run");
    }

    [Fact]
    public async Task The_plan_of_a_clean_clone_names_the_first_difference_and_changes_nothing()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        (await Checkout.RunAsync(["TestModel", .. Shared])).Expect(0);

        var same = (await other.RunAsync(["TestModel", "--plan", "--exit-code", .. Shared])).Expect(0);
        (await other.RunAsync(["TestModel", "--plan", "--exit-code", "--set", "trees=101", .. Shared])).Expect(5);
        var different = (await other.RunAsync(["TestModel", "--plan", "--set", "trees=101", .. Shared])).Expect(0);

        same.Output.ShouldNotContain("would run");
        different.Output.ShouldContain("validate: would be restored");
        different.Output.ShouldContain(
            "train: would run (trainer fast-tree trees=100 leaves=20 minimumExamplesPerLeaf=10 learningRate=0.2 featureFraction=1 earlyStopping=0 → fast-tree trees=101 leaves=20 minimumExamplesPerLeaf=10 learningRate=0.2 featureFraction=1 earlyStopping=0)");
        (await other.Store.Runs.OfAsync(Checkout.Pipeline, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_fresh_machine_rolls_back_with_its_own_program()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        await Checkout.DeployAsync(["--set", Checkout.Weaker, .. Shared]);
        await Checkout.DeployAsync(Shared);

        var rolledBack = (await other.RunAsync(["Rollback", "--reason", "complaints", .. Shared])).Expect(0);

        rolledBack.Output.ShouldContain("v1 serves again instead of v2");
        (await other.RunAsync(["Status", .. Shared])).Expect(0).Output.ShouldContain("serving");
        (await Checkout.RunAsync(["Status", .. Shared])).Expect(1).Output.ShouldContain("v1 should serve and does not");
        (await Checkout.RunAsync("VerifyAudit")).Expect(0).Output.ShouldContain("3 entries");
    }

    [Fact]
    public async Task Without_the_remote_work_goes_on_and_is_shared_later()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        team.GoAway();

        var alone = await Checkout.DeployAsync(Shared);
        var sides = (await Checkout.RunAsync(["Sync", "--status", .. Shared])).Expect(0);
        (await Checkout.RunAsync(["Sync", .. Shared])).Expect(1).Output.ShouldContain("Not everything is shared");
        team.ComeBack();
        (await Checkout.RunAsync(["Status", .. Shared])).Expect(0);
        (await other.RunAsync(["History", .. Shared]))
            .Expect(2)
            .Output.ShouldContain("Nothing was ever deployed", customMessage: "who looks writes nothing");
        (await Checkout.RunAsync(["Sync", .. Shared])).Expect(0).Output.ShouldContain("shared with the team");

        alone.Output.ShouldContain("The team's state does not answer");
        alone.Output.ShouldContain("not shared yet");
        sides.Output.ShouldContain("does not answer");
        (await other.RunAsync(["History", .. Shared])).Expect(0).Output.ShouldContain("v1");
        (await Checkout.RunAsync(["Sync", "--status", .. Shared])).Expect(0).Output.ShouldContain("answers");
    }

    [Fact]
    public async Task A_rollback_waits_for_no_remote()
    {
        var deployed = await Checkout.DeployTwiceAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(); // accepts connections and never answers
        using var client = new OutsideClient(deployed.Address);

        var started = Stopwatch.GetTimestamp();
        var rolledBack = (await Checkout.RunAsync(
            "Rollback", "--reason", "complaints", "--remote", $"http://{silent.LocalEndpoint}/team.git"))
            .Expect(0);

        var answers = await client.EndAsync();
        // The command itself waits up to five seconds to share what it did; traffic had moved long before.
        OutsideClient.LastOf(answers, version: 2, started).ShouldBeLessThan(rolledBack.Took - TimeSpan.FromSeconds(3));
        rolledBack.Output.ShouldContain("v1 serves again instead of v2");
        rolledBack.Output.ShouldContain("the next build, or ./build.sh Sync, sends");
    }

    [Fact]
    public async Task Lineage_and_history_are_known_on_another_machine()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        var deployed = await Checkout.DeployAsync(Shared);
        var champion = await Checkout.Store.Versions(Checkout.Pipeline).ResolveAsync("champion", CancellationToken.None);
        var commit = (await Checkout.ShellAsync("git rev-parse HEAD")).Output.Trim();

        var text = (await other.RunAsync(["Lineage", "v1", .. Shared])).Expect(0).Output;
        var byDigest = (await other.RunAsync(["Lineage", champion!.Bundle.Abbreviated, "--as", "mermaid", .. Shared])).Expect(0).Output;
        var byAddress = (await Checkout.RunAsync(["Lineage", deployed.Address.ToString(), "--as", "json"])).Expect(0).Output;
        var then = (await other.RunAsync("History", "--at", DateTimeOffset.UtcNow.ToString("O"))).Expect(0).Output;
        var before = (await other.RunAsync("History", "--at", "2020-01-01 00:00")).Expect(0).Output;

        text.ShouldContain(commit);
        text.ShouldContain(champion.Model.ToString());
        text.ShouldContain("simulated demand");
        byDigest.ShouldContain("flowchart TD");
        byAddress.ShouldContain(champion.Bundle.ToString());
        then.ShouldContain("v1 served at");
        before.ShouldContain("nothing served");
    }

    [Fact]
    [Trait("Category", "Nightly")]
    public async Task The_doctor_brings_damaged_content_back_from_the_team()
    {
        using var team = new Team();
        await using var other = await JoinAsync(team);
        await Checkout.DeployAsync(Shared);
        var model = Checkout.Store.Blobs.PathOf((await Checkout.LastRunAsync()).Model!.Value);
        var content = await File.ReadAllBytesAsync(model);
        await File.WriteAllTextAsync(model, "damaged");

        (await Checkout.RunAsync(["Doctor", "--dry-run", .. Shared])).Expect(1).Output.ShouldContain("does not match its name");
        (await Checkout.RunAsync(["Doctor", .. Shared])).Expect(0).Output.ShouldContain("fetched from the team again");

        (await File.ReadAllBytesAsync(model)).ShouldBe(content);
        (await Checkout.RunAsync(["Prune", "--keep", "1", "--dry-run", .. Shared])).Expect(0).Output.ShouldContain("nothing was changed");
    }

    private async Task<Checkout> JoinAsync(Team team)
    {
        var other = await Repository.CheckOutAsync();
        await team.AdoptAsync(Checkout);
        await team.AdoptAsync(other);
        return other;
    }
}

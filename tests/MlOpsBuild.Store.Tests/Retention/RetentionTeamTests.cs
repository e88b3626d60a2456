using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;

namespace MlOpsBuild.Store.Retention.Tests;

/// <summary>What is taken away in a team is taken from the branch first, and arrives everywhere.</summary>
public sealed class RetentionTeamTests : IDisposable
{
    private static readonly RetentionPolicy NewestOnly = new(1, null);
    private readonly Machines _machines = new();

    public void Dispose() => _machines.Dispose();

    [Fact]
    public async Task Facts_and_content_go_from_the_branch_from_this_machine_and_from_the_others()
    {
        var (one, two) = (await _machines.JoinAsync("one"), await _machines.JoinAsync("two"));
        var first = await one.RegisterAsync();
        var second = await one.RegisterAsync();
        await two.Store.Team!.PullAsync(CancellationToken.None);
        two.Has("registry/Demand/versions/00001.json").ShouldBeTrue();

        var plan = await ApplyAsync(one);
        await two.Store.Team!.PullAsync(CancellationToken.None);

        plan.Facts.ShouldContain("registry/Demand/versions/00001.json");
        var branch = await _machines.BranchAsync();
        branch.ShouldNotContain("registry/Demand/versions/00001.json");
        branch.ShouldNotContain(Blob(first.Model));
        branch.ShouldContain("registry/Demand/versions/00002.json");
        branch.ShouldContain(Blob(second.Bundle));
        one.PartsOf(second).ShouldAllBe(part => branch.Contains(Blob(part)));
        (one.Has("registry/Demand/versions/00001.json"), two.Has("registry/Demand/versions/00001.json")).ShouldBe((false, false));
        (await two.Store.Blobs.EnsureAsync(second.Model, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_machine_that_was_pruned_sends_later_does_not_bring_it_back()
    {
        var (one, two) = (await _machines.JoinAsync("one"), await _machines.JoinAsync("two"));
        await one.RegisterAsync();
        await one.RegisterAsync();
        await two.Store.Team!.PullAsync(CancellationToken.None);
        await ApplyAsync(one);

        await two.RegisterAsync();
        await one.Store.Team!.PullAsync(CancellationToken.None);

        (await one.Store.Versions("Demand").AllAsync(CancellationToken.None)).Select(version => version.Number).ShouldBe([2, 3]);
        (await _machines.BranchAsync()).ShouldNotContain("registry/Demand/versions/00001.json");
    }

    [Fact]
    public async Task What_only_this_machine_had_is_shared_before_anything_goes()
    {
        var (one, two) = (await _machines.JoinAsync("one"), await _machines.JoinAsync("two"));
        await one.RegisterAsync();
        await one.AuditAsync("deploy", []);
        var run = await one.RunAsync();

        await ApplyAsync(one);
        await two.Store.Team!.PullAsync(CancellationToken.None);

        (await two.Store.Runs.FindAsync(run.Id, CancellationToken.None)).ShouldNotBeNull();
        (await two.Store.Audit.ReadAsync(CancellationToken.None)).ShouldHaveSingleItem().Action.ShouldBe("deploy");
    }

    [Fact]
    public async Task An_alias_another_machine_moved_meanwhile_keeps_its_version()
    {
        var (one, two) = (await _machines.JoinAsync("one"), await _machines.JoinAsync("two"));
        var first = await one.RegisterAsync();
        await one.RegisterAsync();
        await two.Store.Team!.PullAsync(CancellationToken.None);
        await two.PromoteAsync(null, 1);

        await ApplyAsync(one);

        (await one.Store.Versions("Demand").ResolveAsync("champion", CancellationToken.None)).ShouldBe(first);
        (await one.Store.Blobs.VerifyAsync(first.Model, CancellationToken.None)).ShouldBeTrue();
        (await _machines.BranchAsync()).ShouldContain(Blob(first.Model));
    }

    [Fact]
    public async Task Without_an_answer_of_the_remote_nothing_goes()
    {
        var one = await _machines.JoinAsync("one");
        await one.RegisterAsync();
        await one.RegisterAsync();
        _machines.Disconnect();
        var before = Facts(one);

        var failure = await Should.ThrowAsync<StageFailedException>(ApplyAsync(one));

        failure.Findings.ShouldHaveSingleItem().Fix.ShouldNotBeNull().ShouldContain("nothing was taken away");
        Facts(one).ShouldBe(before);
    }

    [Fact]
    public async Task Where_the_remote_may_not_be_written_nothing_goes()
    {
        var one = await _machines.JoinAsync("one");
        await one.RegisterAsync();
        await one.RegisterAsync();
        _machines.Protect();
        var (before, branch) = (Facts(one), await _machines.BranchAsync());

        await Should.ThrowAsync<StageFailedException>(ApplyAsync(one));

        Facts(one).ShouldBe(before);
        (await _machines.BranchAsync()).ShouldBe(branch);
    }

    [Fact]
    public async Task A_dry_run_changes_neither_the_branch_nor_the_facts_here()
    {
        var one = await _machines.JoinAsync("one");
        await one.RegisterAsync();
        await one.RegisterAsync();
        await one.RunAsync();
        var (before, branch) = (Facts(one), await _machines.BranchAsync());

        (await new Retention(one.Store, one.Time).PlanAsync(NewestOnly, CancellationToken.None)).Facts.ShouldNotBeEmpty();

        Facts(one).ShouldBe(before);
        (await _machines.BranchAsync()).ShouldBe(branch);
    }

    [Fact]
    public async Task Content_on_the_branch_stays_where_a_manifest_that_stays_cannot_be_read()
    {
        var one = await _machines.JoinAsync("one");
        var first = await one.RegisterAsync();
        await one.RegisterAsync();
        await one.PromoteAsync(null, 1);
        var parts = one.PartsOf(first).Append(first.Bundle).ToList();
        Machine.Write(one["registry/Demand/versions/00001.json"], "damaged");

        await ApplyAsync(one);

        var branch = await _machines.BranchAsync();
        parts.ShouldAllBe(part => branch.Contains(Blob(part)));
    }

    private static Task<RetentionPlan> ApplyAsync(Machine machine) =>
        new Retention(machine.Store, machine.Time).ApplyAsync(NewestOnly, CancellationToken.None);

    private static string Blob(Digest digest) => Sharing.LocalFacts.BlobPath(digest.Hex);

    private static IReadOnlyList<string> Facts(Machine machine) =>
        [.. machine.Files()
            .Where(file => !file.StartsWith("remote/", StringComparison.Ordinal) && !file.StartsWith("locks/", StringComparison.Ordinal))];
}

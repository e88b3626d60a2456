using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A merge that was killed anywhere is finished, and the store is as if it had not been killed.</summary>
public sealed class MergeJournalTests
{
    [Fact]
    public async Task A_death_after_any_number_of_files_ends_in_the_same_state()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, expected) = await MergedAsync(team);

        for (var written = 0; written <= plan.Files.Count; written++)
        {
            var copy = await InterruptedAsync(team, $"after-{written}", plan, written);
            await JournalOf(copy).FinishAsync(CancellationToken.None);
            StateOf(copy).ShouldBe(expected, $"after {written} files");
        }
    }

    [Fact]
    public async Task A_death_after_the_audit_was_amended_ends_in_the_same_state()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, expected) = await MergedAsync(team);
        var copy = await InterruptedAsync(team, "amended", plan, plan.Files.Count);
        await copy.Audit.AmendAsync(0, entry => Renumbering.Apply(entry, plan.Renumbered), CancellationToken.None);

        await JournalOf(copy).FinishAsync(CancellationToken.None);

        StateOf(copy).ShouldBe(expected);
    }

    [Fact]
    public async Task A_death_before_the_journal_went_ends_in_the_same_state()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, expected) = await MergedAsync(team);
        var copy = await InterruptedAsync(team, "done", plan, written: 0);
        var journal = await File.ReadAllBytesAsync(FileOf(copy));
        await JournalOf(copy).FinishAsync(CancellationToken.None);
        await File.WriteAllBytesAsync(FileOf(copy), journal);

        await JournalOf(copy).FinishAsync(CancellationToken.None);

        StateOf(copy).ShouldBe(expected);
        JournalOf(copy).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task The_next_exchange_goes_on_with_what_a_killed_build_began()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, _) = await MergedAsync(team);
        for (var written = 0; written <= plan.Files.Count; written += 3)
        {
            await InterruptedAsync(team, $"next-{written}", plan, written);
            var machine = await team.MachineAsync($"next-{written}");

            await machine.ReceiveAsync();

            (await machine.VersionsAsync("x", "y", "z")).ShouldBe(["1=z", "2=x", "3=y"]);
            (await machine.Versions.ResolveAsync("candidate", CancellationToken.None)).ShouldNotBeNull().Bundle.ShouldBe(Digest.Of("y"));
            (await machine.Versions.ResolveAsync("champion", CancellationToken.None)).ShouldNotBeNull().Bundle.ShouldBe(Digest.Of("z"));
            (await machine.AuditedAsync()).ShouldBe(["deployed", "mine"]);
            (await machine.Store.Audit.ReadAsync(CancellationToken.None))[0].Details["to"].ShouldBe("v3");
        }
    }

    [Fact]
    public async Task A_death_after_the_journal_and_before_the_agreement_repeats_nothing()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, _) = await MergedAsync(team);
        await JournalOf(Copy(team, "unagreed")).ApplyAsync(plan, agreed: 0, CancellationToken.None);
        var machine = await team.MachineAsync("unagreed");

        var report = await machine.SendAsync();

        report.Renumbered.ShouldBeEmpty();
        report.RefusedMoves.ShouldBeEmpty();
        (await machine.VersionsAsync("x", "y", "z")).ShouldBe(["1=z", "2=x", "3=y"]);
        (await machine.AuditedAsync()).ShouldBe(["deployed", "mine"]);
    }

    [Fact]
    public async Task A_version_registered_between_the_death_and_the_next_exchange_is_kept()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, _) = await MergedAsync(team);
        var copy = await InterruptedAsync(team, "gap", plan, written: 0);
        await copy.Versions(Machine.Pipeline).RegisterAsync(Machine.Version("w"), Digest.Of("w"), CancellationToken.None);
        var machine = await team.MachineAsync("gap");

        await machine.SendAsync();

        (await machine.VersionsAsync("w", "x", "y", "z")).Select(version => version.Split('=')[1])
            .ShouldBe(["w", "x", "y", "z"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_saved_between_the_death_and_the_next_exchange_keeps_its_newer_state()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, _) = await MergedAsync(team);
        var copy = await InterruptedAsync(team, "run", plan, written: 0);
        var run = (await copy.Runs.OfAsync(Machine.Pipeline, CancellationToken.None)).ShouldHaveSingleItem();
        await copy.Runs.SaveAsync(run with { Rows = 9 }, CancellationToken.None);
        var machine = await team.MachineAsync("run");

        await machine.SendAsync();

        (await machine.RunAsync(run.Id)).ShouldNotBeNull().Rows.ShouldBe(9);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_made_again_from_the_branch()
    {
        using var team = await TeamFixture.CreateAsync();
        var (plan, _) = await MergedAsync(team);
        var copy = await InterruptedAsync(team, "damaged", plan, written: 0);
        await File.WriteAllTextAsync(FileOf(copy), "{ half");
        var machine = await team.MachineAsync("damaged");

        await machine.ReceiveAsync();

        (await machine.VersionsAsync("x", "y", "z")).ShouldBe(["1=z", "2=x", "3=y"]);
        File.Exists(FileOf(copy)).ShouldBeFalse();
    }

    // What the merge of machine "a" plans, and the store as it is afterwards; machine "a" itself is left before the merge.
    private static async Task<(MergePlan Plan, SortedDictionary<string, string> Expected)> MergedAsync(TeamFixture team)
    {
        var b = await team.MachineAsync("b");
        await b.RegisterAsync("z");
        await b.Versions.MoveAsync("champion", null, 1, AliasMoveKind.Promote, "them", "theirs", CancellationToken.None);
        await b.SaveRunAsync();
        await b.SendAsync();
        var alone = StoreOf(team, "a");
        var versions = alone.Versions(Machine.Pipeline);
        foreach (var bundle in (string[])["x", "y"])
        {
            await versions.RegisterAsync(Machine.Version(bundle), Digest.Of(bundle), CancellationToken.None);
        }

        await versions.MoveAsync("candidate", null, 2, AliasMoveKind.Promote, "me", "mine", CancellationToken.None);
        await versions.MoveAsync("champion", null, 2, AliasMoveKind.Promote, "me", "mine", CancellationToken.None);
        await alone.Runs.SaveAsync(
            new()
            {
                Id = alone.Runs.NewId(DateTimeOffset.UnixEpoch), Pipeline = Machine.Pipeline, Started = DateTimeOffset.UnixEpoch,
                Version = 2
            },
            CancellationToken.None);
        await alone.Audit.AppendAsync(
            "me", "deploy", $"{Machine.Pipeline}/local", "deployed", new(StringComparer.Ordinal) { ["to"] = "v2" }, CancellationToken.None);

        var branch = StateBranch.At(alone.Folder, team.Options(team.Remote.FileUrl.AbsoluteUri), TimeProvider.System);
        await branch.MendAsync(CancellationToken.None);
        var (_, commit, _) = await branch.FetchAsync(CancellationToken.None);
        var now = await branch.ListAsync(commit, CancellationToken.None);
        var plan = await new FactMerge(branch, new(alone.Folder), new Dictionary<string, string>(), now, alone.Origin)
            .PlanAsync(CancellationToken.None);
        plan.Renumbered.Count.ShouldBe(2);
        plan.Refused.Count.ShouldBe(1);

        var whole = Copy(team, "whole");
        await JournalOf(whole).ApplyAsync(plan, agreed: 0, CancellationToken.None);
        JournalOf(whole).IsOpen.ShouldBeFalse();
        return (plan, StateOf(whole));
    }

    // A copy of machine "a" as a build leaves it that is killed when so many of the plan's files are written.
    private static async Task<MlOpsStore> InterruptedAsync(TeamFixture team, string name, MergePlan plan, int written)
    {
        var copy = Copy(team, name);
        var entries = (await copy.Audit.ReadAsync(CancellationToken.None)).Select(entry => Digest.Of(entry.Content())).ToList();
        await File.WriteAllBytesAsync(
            FileOf(copy), CanonicalJson.Serialize(new { plan.Files, plan.Renumbered, plan.Refused, Entries = entries }));
        var facts = new LocalFacts(copy.Folder);
        foreach (var file in plan.Files.Take(written))
        {
            if (file.Content == null)
            {
                facts.Delete(file.Path);
            }
            else
            {
                await facts.WriteAsync(file.Path, file.Content, flush: false, CancellationToken.None);
            }
        }

        return copy;
    }

    private static MlOpsStore Copy(TeamFixture team, string name)
    {
        var from = StoreOf(team, "a").Folder;
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(from, file).Contains(".git", StringComparison.Ordinal)))
        {
            var target = Path.Combine(team[name], ".mlops", Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var copy = StoreOf(team, name);
        Directory.CreateDirectory(Path.Combine(copy.Folder, "remote"));
        return copy;
    }

    // All that is in it but locks; a standing clock, so that what the merge itself writes is the same each time.
    private static SortedDictionary<string, string> StateOf(MlOpsStore store) => new(
        Directory.GetFiles(store.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(store.Folder, file), File.ReadAllText), StringComparer.Ordinal);

    private static MlOpsStore StoreOf(TeamFixture team, string name) => MlOpsStore.At(team[name], new ManualTime());

    private static MergeJournal JournalOf(MlOpsStore store) => new(store.Folder, new(store.Folder), store.Audit);

    private static string FileOf(MlOpsStore store) => Path.Combine(store.Folder, "remote", "merge.json");
}

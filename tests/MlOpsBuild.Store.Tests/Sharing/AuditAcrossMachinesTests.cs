using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>The team has one audit chain, and every entry is in it once.</summary>
public sealed class AuditAcrossMachinesTests
{
    [Fact]
    public async Task Entries_of_two_machines_make_one_chain()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var b = await team.MachineAsync("b");
        await a.AuditAsync("1");
        await b.AuditAsync("2");
        await a.SendAsync();
        await b.SendAsync();
        await b.AuditAsync("3");
        await b.SendAsync();
        await a.ReceiveAsync();

        (await a.AuditedAsync()).ShouldBe(["1", "2", "3"]);
        a.Read("audit.jsonl").ShouldBe(b.Read("audit.jsonl"));
    }

    [Fact]
    public async Task Equal_entries_are_counted_also_after_a_push_that_landed_unnoticed()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var standing = MlOpsStore.At(team["a"], new ManualTime()).Audit;
        await standing.AppendAsync("ci", "deploy", "Demand/local", "same", [], CancellationToken.None);
        await a.SendAsync();
        var before = await a.AgreedAsync();
        await standing.AppendAsync("ci", "deploy", "Demand/local", "same", [], CancellationToken.None);
        await a.SendAsync();
        await a.ForgetSinceAsync(before);
        a = await team.MachineAsync("a");

        await a.SendAsync();

        (await a.AuditedAsync()).ShouldBe(["same", "same"]);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["same", "same"]);
    }

    [Fact]
    public async Task Unsent_entries_survive_a_cut_log()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await ThreeAsync(team);
        var b = await team.MachineAsync("b");
        await b.AuditAsync("b");
        await b.SendAsync();
        await a.AuditAsync("4");
        var lines = await File.ReadAllLinesAsync(a.FileOf("audit.jsonl"));
        await File.WriteAllLinesAsync(a.FileOf("audit.jsonl"), [lines[0], lines[3]]);

        var report = await a.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().What.ShouldBe("This machine's audit log was changed or cut");
        (await a.AuditedAsync()).ShouldBe(["1", "2", "3", "b", "4"]);
    }

    [Fact]
    public async Task A_cut_log_does_not_break_the_teams_chain()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await ThreeAsync(team);
        var lines = await File.ReadAllLinesAsync(a.FileOf("audit.jsonl"));
        await File.WriteAllLinesAsync(a.FileOf("audit.jsonl"), lines[..2]);
        await a.AuditAsync("4");
        await a.AuditAsync("5");

        await a.SendAsync();

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_agreed_entry_that_was_changed_here_is_put_back(int edited)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await ThreeAsync(team);
        var log = await File.ReadAllTextAsync(a.FileOf("audit.jsonl"));
        var lines = await File.ReadAllLinesAsync(a.FileOf("audit.jsonl"));
        lines[edited] = lines[edited].Replace("tester", "nobody", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(a.FileOf("audit.jsonl"), lines);

        var report = await a.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().What.ShouldBe("This machine's audit log was changed or cut");
        (await File.ReadAllTextAsync(a.FileOf("audit.jsonl"))).ShouldBe(log);
    }

    [Fact]
    public async Task A_deleted_log_comes_back()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await ThreeAsync(team);
        File.Delete(a.FileOf("audit.jsonl"));

        await a.ReceiveAsync();

        (await a.AuditedAsync()).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task An_unreadable_entry_on_the_branch_is_told_and_costs_no_entry_of_this_machine()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.AuditAsync("1");
        await a.SendAsync();
        await a.AuditAsync("mine");
        var good = await team.HeadAsync();
        await team.EditAsync(("audit/00000/00000002.json", "garbage"));

        var report = await a.PullAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().What.ShouldBe("The team's audit log cannot be read");
        await a.AuditAsync("mine too");
        await a.PublishAsync();
        await team.Remote.RunAsync(["update-ref", TeamFixture.Reference, good], CancellationToken.None);
        await a.SendAsync();
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["1", "mine", "mine too"]);
    }

    [Fact]
    public async Task A_forged_entry_is_told_and_not_taken_over()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        await a.AuditAsync("1");
        await a.SendAsync();
        var line = await team.ReadAsync("audit/00000/00000001.json");
        await team.EditAsync(
            ("audit/00000/00000002.json", line.Replace("\"sequence\":1", "\"sequence\":2", StringComparison.Ordinal) + "\n"));
        var b = await team.MachineAsync("b");

        var report = await b.PullAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().What.ShouldBe("The team's audit chain is broken");
        (await b.AuditedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rewritten_entry_on_the_branch_is_told_and_not_taken_over()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await ThreeAsync(team);
        var line = await team.ReadAsync("audit/00000/00000002.json");
        await team.EditAsync(("audit/00000/00000002.json", line.Replace("tester", "nobody", StringComparison.Ordinal) + "\n"));

        var report = await a.PullAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().What.ShouldStartWith("The team's state was set back or rewritten");
        (await a.AuditedAsync()).ShouldBe(["1", "2", "3"]);
    }

    // A machine whose three entries the team has.
    private static async Task<Machine> ThreeAsync(TeamFixture team)
    {
        var machine = await team.MachineAsync("a");
        foreach (var reason in (string[])["1", "2", "3"])
        {
            await machine.AuditAsync(reason);
        }

        await machine.SendAsync();
        return machine;
    }
}

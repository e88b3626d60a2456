using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>A packed branch says what it said before, to machines that were there and to those that come later.</summary>
public sealed class AuditPackingTests
{
    private const int Entries = 2_345;

    [Fact]
    public async Task Every_thousand_entries_become_one_file_and_the_rest_stays()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        var log = a.Read("audit.jsonl");

        var report = await a.Team.PackAsync(CancellationToken.None);

        report.Sent.ShouldBe(2);
        var files = await team.FilesAsync();
        files.Count(file => file.StartsWith("audit/", StringComparison.Ordinal)).ShouldBe(2 + (Entries - 2_000));
        (await team.ReadAsync("audit/00000.jsonl") + "\n" + await team.ReadAsync("audit/00001.jsonl") + "\n")
            .ShouldBe(string.Concat(log.Split('\n').Take(2_000).Select(line => line + "\n")));
        files.ShouldContain("audit/00002/00002001.json");
        (await team.ReadAsync("store.json")).ShouldContain("\"schema\": 3");
    }

    [Fact]
    public async Task The_history_of_the_branch_stays()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        var before = await team.HeadAsync();

        await a.Team.PackAsync(CancellationToken.None);

        (await team.Remote.RunAsync(["rev-list", TeamFixture.Reference], CancellationToken.None)).Split('\n').ShouldContain(before);
        (await team.Remote.RunAsync(["ls-tree", "--name-only", before, "audit/"], CancellationToken.None))
            .Split('\n').ShouldBe(["audit/00000", "audit/00001", "audit/00002"]);
    }

    [Fact]
    public async Task A_machine_that_had_the_entries_goes_on_as_if_nothing_had_happened()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await b.AuditAsync("unsent");
        await a.Team.PackAsync(CancellationToken.None);

        var report = await b.SendAsync();

        report.Findings.ShouldBeEmpty();
        await a.ReceiveAsync();
        (await a.AuditedAsync()).Count.ShouldBe(Entries + 1);
        a.Read("audit.jsonl").ShouldBe(b.Read("audit.jsonl"));
        (await team.FilesAsync()).ShouldContain($"audit/00002/0000{Entries + 1}.json");
    }

    [Fact]
    public async Task A_machine_that_comes_later_gets_the_same_log()
    {
        using var team = await TeamFixture.CreateAsync(allowFilters: true);
        var a = await FilledAsync(team);
        await a.Team.PackAsync(CancellationToken.None);
        var b = await team.MachineAsync("b");

        await b.ReceiveAsync();

        b.Read("audit.jsonl").ShouldBe(a.Read("audit.jsonl"));
        (await b.Store.Audit.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        (await b.Team.StatusAsync(CancellationToken.None)).Shared["audit"].ShouldBe(Entries);
    }

    [Fact]
    public async Task A_machine_that_had_some_of_the_entries_gets_the_others()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team, 1_500);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await FillAsync(a, 700);
        await a.SendAsync();
        await a.Team.PackAsync(CancellationToken.None);
        await b.AuditAsync("mine");

        await b.SendAsync();

        (await b.AuditedAsync()).Count.ShouldBe(2_201);
        await a.ReceiveAsync();
        a.Read("audit.jsonl").ShouldBe(b.Read("audit.jsonl"));
    }

    [Fact]
    public async Task Packing_what_is_packed_does_nothing()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        await a.Team.PackAsync(CancellationToken.None);
        var head = await team.HeadAsync();

        var report = await a.Team.PackAsync(CancellationToken.None);

        (report.Reached, report.Sent).ShouldBe((true, 0));
        (await team.HeadAsync()).ShouldBe(head);
    }

    [Fact]
    public async Task Packing_goes_on_where_it_ended()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        await a.Team.PackAsync(CancellationToken.None);
        await FillAsync(a, 1_000);
        await a.SendAsync();

        (await a.Team.PackAsync(CancellationToken.None)).Sent.ShouldBe(1);

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        b.Read("audit.jsonl").ShouldBe(a.Read("audit.jsonl"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pack_that_was_changed_on_the_branch_is_told_and_not_taken_over(bool known)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        await a.Team.PackAsync(CancellationToken.None);
        var pack = await team.ReadAsync("audit/00000.jsonl");
        await team.EditAsync(("audit/00000.jsonl", pack.Replace("\"entry 500\"", "\"entry 5OO\"", StringComparison.Ordinal) + "\n"));
        var machine = known ? a : await team.MachineAsync("b");

        var report = await machine.PullAsync();

        report.Reached.ShouldBeFalse();
        report.Findings.ShouldHaveSingleItem().Code.ShouldBe(known ? "MLB4020" : "MLB4023");
        if (known)
        {
            report.Findings[0].Where.ShouldNotBeNull().ShouldEndWith("audit/00000/00000500.json");
        }
    }

    [Fact]
    public async Task A_log_that_was_changed_here_comes_back_from_the_packs()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await FilledAsync(team);
        await a.Team.PackAsync(CancellationToken.None);
        var log = a.Read("audit.jsonl");
        File.WriteAllText(a.FileOf("audit.jsonl"), log.Replace("\"entry 1500\"", "\"entry 15OO\"", StringComparison.Ordinal));

        var report = await a.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().Code.ShouldBe("MLB4021");
        a.Read("audit.jsonl").ShouldBe(log);
    }

    [Fact]
    public async Task A_remote_that_may_not_be_written_is_told()
    {
        using var team = await TeamFixture.CreateAsync();
        await FilledAsync(team);
        var reader = await team.MachineAsync("reader", options => options with { ReadOnly = "it belongs to a change request" });

        var report = await reader.Team.PackAsync(CancellationToken.None);

        (report.ReadOnly, report.Sent, report.Problem).ShouldBe((true, 0, "it belongs to a change request"));
        (await team.FilesAsync()).ShouldNotContain("audit/00000.jsonl");
    }

    private static async Task<Machine> FilledAsync(TeamFixture team, int count = Entries)
    {
        var machine = await team.MachineAsync("a");
        await FillAsync(machine, count);
        await machine.SendAsync();
        return machine;
    }

    // In one piece: entries that are appended are flushed one by one.
    private static async Task FillAsync(Machine machine, int count)
    {
        var entries = await machine.Store.Audit.ReadAsync(CancellationToken.None);
        var (last, text) = (entries is [.., var newest] ? newest : null, new StringBuilder());
        for (var entry = 1; entry <= count; entry++)
        {
            last = new AuditEntry(
                0, DateTimeOffset.UnixEpoch, "tester", "monitor", "Demand/local", $"entry {entries.Count + entry}", [], Digest.Of(""))
                .After(last);
            text.Append(last.ToLine());
        }

        Directory.CreateDirectory(machine.Store.Folder);
        await File.AppendAllTextAsync(machine.FileOf("audit.jsonl"), text.ToString());
    }
}

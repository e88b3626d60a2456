using System.Text;
using MlOpsBuild.Store.Audit;

namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>
/// What was compared with the team is noted, and the note is only a cache: whatever becomes of it, and whoever writes the log without
/// knowing of it, syncs end as if it had never been there.
/// </summary>
public sealed class AuditCheckpointTests
{
    [Fact]
    public async Task A_log_that_was_compared_is_not_compared_again_until_it_was_written()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var noted = File.ReadAllBytes(CacheOf(a));

        await a.AuditAsync("4");

        AuditCheckpoint.Read(a.FileOf("audit.jsonl")).ShouldNotBeNull().Marks.Sum(mark => mark.Entries).ShouldBe(3);
        File.ReadAllBytes(CacheOf(a)).ShouldNotBe(noted);
        File.AppendAllText(a.FileOf("audit.jsonl"), "half a line");
        AuditCheckpoint.Read(a.FileOf("audit.jsonl")).ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("older")]
    public async Task A_note_that_is_gone_damaged_or_behind_changes_nothing(string? fate)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var older = File.ReadAllBytes(CacheOf(a));
        await a.AuditAsync("4");
        await a.SendAsync();
        await a.AuditAsync("5");
        await SpoilAsync(CacheOf(a), fate, older);

        var report = await a.SendAsync();

        report.Sent.ShouldBe(1);
        report.Findings.ShouldBeEmpty();
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["1", "2", "3", "4", "5"]);
        b.Read("audit.jsonl").ShouldBe(a.Read("audit.jsonl"));
    }

    [Fact]
    public async Task A_note_with_one_byte_changed_is_none()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var whole = File.ReadAllBytes(CacheOf(a));
        for (var at = 0; at < whole.Length; at += 7)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 2;
            File.WriteAllBytes(CacheOf(a), damaged);
            AuditCheckpoint.Read(a.FileOf("audit.jsonl")).ShouldBeNull($"byte {at}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_entry_that_was_changed_after_it_was_compared_is_put_back(int edited)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var log = a.Read("audit.jsonl");
        var lines = log.Split('\n');
        lines[edited] = lines[edited].Replace("tester", "nobody", StringComparison.Ordinal);
        File.WriteAllText(a.FileOf("audit.jsonl"), string.Join('\n', lines));

        var report = await a.ReceiveAsync();

        report.Findings.ShouldHaveSingleItem().What.ShouldBe("This machine's audit log was changed or cut");
        a.Read("audit.jsonl").ShouldBe(log);
        (await a.ReceiveAsync()).Findings.ShouldBeEmpty();
    }

    /// <summary>An older program appends and knows of no note.</summary>
    [Fact]
    public async Task Entries_of_a_program_that_knows_of_no_note_are_sent()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var last = (await a.Store.Audit.ReadAsync(CancellationToken.None))[^1];
        File.AppendAllText(a.FileOf("audit.jsonl"), (last with { Reason = "4" }).After(last).ToLine());
        await a.AuditAsync("5");

        (await a.SendAsync()).Sent.ShouldBe(2);

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [Fact]
    public async Task Entries_of_the_team_are_appended_and_the_file_before_them_stays()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await b.AuditAsync("b");
        await b.SendAsync();
        var before = a.Read("audit.jsonl");

        await a.ReceiveAsync();

        a.Read("audit.jsonl").ShouldStartWith(before);
        a.Read("audit.jsonl").ShouldBe(b.Read("audit.jsonl"));
        AuditCheckpoint.Read(a.FileOf("audit.jsonl")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Entries_of_both_sides_are_linked_without_reading_what_both_have()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await b.AuditAsync("b");
        await b.SendAsync();
        await a.AuditAsync("a");

        await a.SendAsync();

        (await a.AuditedAsync()).ShouldBe(["1", "2", "3", "b", "a"]);
        AuditCheckpoint.Read(a.FileOf("audit.jsonl")).ShouldNotBeNull();
        await b.ReceiveAsync();
        b.Read("audit.jsonl").ShouldBe(a.Read("audit.jsonl"));
    }

    /// <summary>A build that was killed while it appended the team's entries has part of them, the last one cut short.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(450)]
    public async Task Entries_of_the_team_that_were_half_appended_are_taken_over_once(int bytes)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await AgreedAsync(team);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await b.AuditAsync("4");
        await b.AuditAsync("5");
        await b.SendAsync();
        var added = b.Read("audit.jsonl")[a.Read("audit.jsonl").Length..];
        File.AppendAllText(a.FileOf("audit.jsonl"), added[..Math.Min(bytes, added.Length - 1)]);

        await a.ReceiveAsync();
        await a.SendAsync();

        (await a.AuditedAsync()).ShouldBe(["1", "2", "3", "4", "5"]);
        a.Read("audit.jsonl").ShouldBe(b.Read("audit.jsonl"));
    }

    private static async Task<Machine> AgreedAsync(TeamFixture team)
    {
        var machine = await team.MachineAsync("a");
        foreach (var reason in (string[])["1", "2", "3"])
        {
            await machine.AuditAsync(reason);
        }

        await machine.SendAsync();
        await machine.SendAsync();
        return machine;
    }

    private static string CacheOf(Machine machine) => AuditCheckpoint.PathOf(machine.FileOf("audit.jsonl"));

    private static async Task SpoilAsync(string cache, string? fate, byte[] older)
    {
        if (fate == null)
        {
            File.Delete(cache);
            return;
        }

        await File.WriteAllBytesAsync(cache, fate == "older" ? older : Encoding.UTF8.GetBytes(fate));
    }
}

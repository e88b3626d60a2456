namespace MlOpsBuild.Store.Sharing.Tests;

/// <summary>Digests of runs are noted, so that a sync reads what changed; without the notes it sends the same.</summary>
public sealed class NotedFactsTests
{
    private const int Many = 80;

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    [InlineData("older")]
    public async Task A_changed_run_is_sent_whatever_became_of_the_notes(string? fate)
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var ids = await FillAsync(a);
        var older = File.ReadAllBytes(NotesOf(a));
        await a.SaveRunAsync(ids[7], 1_000);
        await a.SaveRunAsync(ids[8], 2);
        Spoil(NotesOf(a), fate, older);

        (await a.SendAsync()).Sent.ShouldBe(2);

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.RunAsync(ids[7])).ShouldNotBeNull().Rows.ShouldBe(1_000);
        (await b.RunAsync(ids[8])).ShouldNotBeNull().Rows.ShouldBe(2);
        (await a.SendAsync()).Sent.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_the_team_changed_is_not_sent_back()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var ids = await FillAsync(a);
        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        await b.SaveRunAsync(ids[3], 33);
        await b.SendAsync();

        await a.ReceiveAsync();

        (await a.SendAsync()).Sent.ShouldBe(0);
        (await a.RunAsync(ids[3])).ShouldNotBeNull().Rows.ShouldBe(33);
    }

    [Fact]
    public async Task The_whole_cache_may_be_taken_away_between_any_two_syncs()
    {
        using var team = await TeamFixture.CreateAsync();
        var a = await team.MachineAsync("a");
        var ids = await FillAsync(a);
        for (var round = 1; round <= 3; round++)
        {
            Directory.Delete(a.FileOf("cache"), recursive: true);
            await a.SaveRunAsync(ids[round], 100 * round);
            await a.AuditAsync($"round {round}");

            (await a.SendAsync()).Sent.ShouldBe(2);
        }

        var b = await team.MachineAsync("b");
        await b.ReceiveAsync();
        (await b.AuditedAsync()).ShouldBe(["round 1", "round 2", "round 3"]);
        (await b.RunAsync(ids[3])).ShouldNotBeNull().Rows.ShouldBe(300);
    }

    private static async Task<IReadOnlyList<string>> FillAsync(Machine machine)
    {
        var ids = new List<string>();
        for (var run = 0; run < Many; run++)
        {
            ids.Add(await machine.SaveRunAsync(1, DateTimeOffset.UtcNow.AddMinutes(run)));
            File.SetLastWriteTimeUtc(machine.FileOf($"runs/{ids[^1][..8]}/{ids[^1]}.json"), DateTime.UtcNow.AddHours(-1));
        }

        await machine.SendAsync();
        await machine.SendAsync();
        return ids;
    }

    private static string NotesOf(Machine machine) => machine.FileOf("cache/runs-ids.notes");

    private static void Spoil(string notes, string? fate, byte[] older)
    {
        if (fate == null)
        {
            File.Delete(notes);
        }
        else
        {
            File.WriteAllBytes(notes, fate == "older" ? older : "garbage"u8.ToArray());
        }
    }
}

using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Audit.Tests;

/// <summary>What is looked for is found as if every entry had been read.</summary>
public sealed class AuditSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private AuditLog Log => MlOpsStore.At(_folder.Path, _time).Audit;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("deploy")]
    [InlineData("stop")]
    [InlineData("Demand/local")]
    [InlineData("Grüße \"und\" \\ mehr\n")]
    [InlineData("v7")]
    [InlineData("version")]
    [InlineData("nothing")]
    [InlineData("deplo")]
    public async Task Entries_that_say_something_are_those_that_have_it_as_a_text_of_its_own(string text)
    {
        await FillAsync();
        var expected = (await Log.ReadAsync(CancellationToken.None)).Where(entry => Says(entry, text)).ToList();

        (await Log.SayingAsync(text, CancellationToken.None)).Select(entry => entry.Sequence)
            .ShouldBe(expected.Select(entry => entry.Sequence));
        ((await Log.NewestAsync(text, _ => true, CancellationToken.None))?.Sequence)
            .ShouldBe(expected.LastOrDefault()?.Sequence);
    }

    [Fact]
    public async Task The_newest_that_is_wanted_is_found_behind_newer_ones_that_are_not()
    {
        await FillAsync();

        var found = await Log.NewestAsync("Demand/local", entry => entry.Action == "stop", CancellationToken.None);

        found.ShouldNotBeNull().Sequence.ShouldBe(30);
        (await Log.NewestAsync("Demand/local", entry => entry.Action == "never", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_line_that_was_cut_short_is_no_entry()
    {
        await FillAsync();
        var lines = File.ReadAllText(_folder[".mlops/audit.jsonl"]);
        File.WriteAllText(_folder[".mlops/audit.jsonl"], lines[..^10]);

        (await Log.NewestAsync("Demand/local", _ => true, CancellationToken.None)).ShouldNotBeNull().Sequence.ShouldBe(30);
        (await Log.SayingAsync("Demand/local", CancellationToken.None)).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_log_that_is_not_there_says_nothing()
    {
        (await Log.SayingAsync("deploy", CancellationToken.None)).ShouldBeEmpty();
        (await Log.NewestAsync("deploy", _ => true, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task The_whole_log_is_counted_and_shown_when_it_is_examined()
    {
        await FillAsync();
        var seen = new List<int>();

        var (entries, findings) = await Log.ExamineAsync(entry => seen.Add(entry.Sequence), CancellationToken.None);

        entries.ShouldBe(33);
        findings.ShouldBeEmpty();
        seen.ShouldBe(Enumerable.Range(1, 33));
    }

    [Fact]
    public async Task An_entry_that_was_changed_is_found_whatever_was_noted_of_the_log()
    {
        await FillAsync();
        var path = _folder[".mlops/audit.jsonl"];
        var time = File.GetLastWriteTimeUtc(path);
        var lines = File.ReadAllLines(path);
        lines[11] = lines[11].Replace("tester", "nobody", StringComparison.Ordinal);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        File.SetLastWriteTimeUtc(path, time);

        (await Log.VerifyAsync(CancellationToken.None)).ShouldHaveSingleItem().Where.ShouldEndWith("entry 12");
    }

    // Every third is of Demand and a stop among ten; the others are of Churn.
    private async Task FillAsync()
    {
        for (var entry = 1; entry <= 33; entry++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Log.AppendAsync(
                "tester", entry % 10 == 0 ? "stop" : "deploy", entry % 3 == 0 ? "Demand/local" : "Churn/local",
                entry == 7 ? "Grüße \"und\" \\ mehr\n" : $"because of deploy {entry}",
                new(StringComparer.Ordinal) { ["version"] = $"v{entry}" }, CancellationToken.None);
        }
    }

    private static bool Says(AuditEntry entry, string text) =>
        entry.Action == text || entry.Subject == text || entry.Reason == text || entry.Actor == text
            || entry.Details.Any(detail => detail.Key == text || detail.Value == text);
}

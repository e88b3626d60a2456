using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Audit.Tests;

public sealed class AuditChainTests : IDisposable
{
    private const int Entries = 4;
    private readonly TemporaryFolder _folder = new();
    private readonly AuditLog _log;

    public AuditChainTests() => _log = MlOpsStore.At(_folder.Path, new ManualTime()).Audit;

    private string File => _folder[".mlops/audit.jsonl"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Entries - 1)]
    public async Task An_edited_line_is_found(int edited)
    {
        var lines = await WrittenAsync();
        lines[edited] = lines[edited].Replace("reason", "excuse", StringComparison.Ordinal);

        await ShouldBeBrokenAsync(lines, edited + 1);
    }

    [Theory]
    [InlineData("\"at\":\"2026-11-21", "\"at\":\"2026-11-22")]
    [InlineData("tester", "nobody")]
    [InlineData("\"action\":\"deploy\"", "\"action\":\"rollback\"")]
    [InlineData("Demand/local", "Demand/production")]
    [InlineData("\"to\":\"2\"", "\"to\":\"3\"")]
    [InlineData("\"sequence\":2", "\"sequence\":7")]
    public async Task An_edit_of_any_member_is_found(string from, string to)
    {
        var lines = await WrittenAsync();
        lines[1].ShouldContain(from);
        lines[1] = lines[1].Replace(from, to, StringComparison.Ordinal);

        await ShouldBeBrokenAsync(lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Entries - 2)]
    public async Task A_deleted_line_is_found(int deleted)
    {
        var lines = await WrittenAsync();
        lines.RemoveAt(deleted);

        await ShouldBeBrokenAsync(lines, deleted + 2);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(0, Entries - 1)]
    public async Task Reordered_lines_are_found(int one, int two)
    {
        var lines = await WrittenAsync();
        (lines[one], lines[two]) = (lines[two], lines[one]);

        await ShouldBeBrokenAsync(lines);
    }

    [Fact]
    public async Task A_repeated_line_is_found()
    {
        var lines = await WrittenAsync();
        lines.Insert(2, lines[1]);

        await ShouldBeBrokenAsync(lines);
    }

    [Fact]
    public async Task A_line_made_unreadable_in_the_middle_is_found()
    {
        var lines = await WrittenAsync();
        lines[1] = lines[1][..20];

        await ShouldBeBrokenAsync(lines, 3);
    }

    [Fact]
    public async Task A_finding_says_where_and_what_to_do()
    {
        var lines = await WrittenAsync();
        lines.RemoveAt(0);
        System.IO.File.WriteAllLines(File, lines);

        var finding = (await _log.VerifyAsync(CancellationToken.None))[0];

        finding.Where.ShouldBe($"{File}, entry 2");
        finding.Fix.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_torn_last_line_is_survived_and_the_next_append_verifies(int length)
    {
        var lines = await WrittenAsync();
        var torn = length > 0 ? lines[^1][..length] : lines[^1][..^1];
        System.IO.File.WriteAllText(File, string.Join('\n', [.. lines[..^1], torn]));
        (await _log.ReadAsync(CancellationToken.None)).Count.ShouldBe(Entries - 1);

        (await AppendAsync()).Sequence.ShouldBe(Entries);

        (await _log.ReadAsync(CancellationToken.None)).Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, Entries));
        (await _log.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_last_line_that_lacks_only_its_end_is_kept()
    {
        var lines = await WrittenAsync();
        System.IO.File.WriteAllText(File, string.Join('\n', lines));

        (await AppendAsync()).Sequence.ShouldBe(Entries + 1);

        (await _log.ReadAsync(CancellationToken.None)).Count.ShouldBe(Entries + 1);
        (await _log.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    private async Task<List<string>> WrittenAsync()
    {
        for (var entry = 0; entry < Entries; entry++)
        {
            await AppendAsync();
        }

        (await _log.VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
        return [.. System.IO.File.ReadAllLines(File)];
    }

    private async Task ShouldBeBrokenAsync(IEnumerable<string> lines, int? firstAt = null)
    {
        System.IO.File.WriteAllLines(File, lines);
        var findings = await _log.VerifyAsync(CancellationToken.None);
        findings.ShouldNotBeEmpty();
        findings[0].What.ShouldBe("The audit chain is broken");
        if (firstAt is { } entry)
        {
            findings[0].Where.ShouldNotBeNull().ShouldEndWith($"entry {entry}");
        }
    }

    private Task<AuditEntry> AppendAsync() =>
        _log.AppendAsync(
            "tester", "deploy", "Demand/local", "reason", new(StringComparer.Ordinal) { ["from"] = "1", ["to"] = "2" },
            CancellationToken.None);
}

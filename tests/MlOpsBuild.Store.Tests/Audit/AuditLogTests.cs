using MlOpsBuild.Core;
using MlOpsBuild.Store.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Store.Audit.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entries_come_back_in_order_as_they_were_appended()
    {
        var first = await AppendAsync("first");
        _time.Advance(TimeSpan.FromMinutes(1));
        var second = await AppendAsync("second");

        var entries = await Log().ReadAsync(CancellationToken.None);

        entries.ShouldBeEquivalentTo((IReadOnlyList<AuditEntry>)new List<AuditEntry> { first, second });
        (first.Sequence, second.Sequence).ShouldBe((1, 2));
        first.At.ShouldBe(second.At.AddMinutes(-1));
    }

    [Fact]
    public async Task Each_entry_covers_the_one_before_and_the_chain_verifies()
    {
        var first = await AppendAsync("first");
        var second = await AppendAsync("second");

        first.Previous.ShouldBe(Digest.Of(""));
        second.Previous.ShouldBe(first.Digest.ShouldNotBeNull());
        (await Log().VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_entry_is_one_line_whatever_its_text_holds()
    {
        await AppendAsync("two\nlines\r\nand \"quotes\", „Grüße\u2028\u0085👋");

        File.ReadAllText(_folder[".mlops/audit.jsonl"]).Count(letter => letter == '\n').ShouldBe(1);
        (await Log().ReadAsync(CancellationToken.None))
            .ShouldHaveSingleItem()
            .Reason.ShouldBe("two\nlines\r\nand \"quotes\", „Grüße\u2028\u0085👋");
        (await Log().VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_chain_verifies_however_the_caller_sorted_the_details()
    {
        await Log().AppendAsync(
            "tester", "deploy", "subject", "reason", new(StringComparer.OrdinalIgnoreCase) { ["a"] = "1", ["B"] = "2" },
            CancellationToken.None);

        (await Log().VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Appending_only_adds_to_the_file()
    {
        await AppendAsync("first");
        var before = File.ReadAllText(_folder[".mlops/audit.jsonl"]);

        await AppendAsync("second");

        File.ReadAllText(_folder[".mlops/audit.jsonl"]).ShouldStartWith(before);
    }

    [Fact]
    public async Task Appends_at_once_keep_the_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(entry => Task.Run(() => AppendAsync($"entry {entry}"))));

        var entries = await Log().ReadAsync(CancellationToken.None);
        entries.Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, 20));
        entries.Select(entry => entry.Reason).Distinct().Count().ShouldBe(20);
        (await Log().VerifyAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Appends_of_several_processes_at_once_keep_the_chain()
    {
        var others = await Task.WhenAll(
            OtherProcess.StartAsync("append", _folder.Path, "20"), OtherProcess.StartAsync("append", _folder.Path, "20"), MineAsync());

        Array.ForEach(others, other => other?.Dispose());
        (await Log().ReadAsync(CancellationToken.None)).Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, 60));
        (await Log().VerifyAsync(CancellationToken.None)).ShouldBeEmpty();

        async Task<OtherProcess> MineAsync()
        {
            for (var entry = 0; entry < 20; entry++)
            {
                await AppendAsync("mine");
            }

            return null!;
        }
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_the_callers_to_repair()
    {
        File.WriteAllText(_folder[".mlops"], "a file, not a folder");

        (await Should.ThrowAsync<UsageException>(AppendAsync("first"))).Message.ShouldContain(_folder[".mlops"]);
    }

    private AuditLog Log() => MlOpsStore.At(_folder.Path, _time).Audit;

    private Task<AuditEntry> AppendAsync(string reason) =>
        Log().AppendAsync(
            "tester", "deploy", "Demand/local", reason, new(StringComparer.Ordinal) { ["from"] = "1", ["To"] = "2" },
            CancellationToken.None);
}

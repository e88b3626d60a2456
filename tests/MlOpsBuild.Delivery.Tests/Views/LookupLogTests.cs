using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Views.Tests;

public sealed class LookupLogTests : IDisposable
{
    private const string Looked = """
        {"at":"2026-11-21T12:00:00+00:00","id":"a","version":1,"features":{"station":"north","degrees":2},"lookedUp":{"at":"2026-11-21T11:59:59+00:00","views":{"weather":"Found"},"columns":["degrees"]},"prediction":3,"ms":1}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_gives_what_one_version_looked_up_from_a_moment_on()
    {
        await File.WriteAllLinesAsync(_folder["predictions-00001.jsonl"],
        [
            Looked, Looked.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal),
            """{"at":"2026-11-21T12:00:00+00:00","id":"b","version":1,"features":{"station":"north","degrees":2},"prediction":3,"ms":1}""",
            Looked[..60],
        ]);
        await File.WriteAllLinesAsync(_folder["predictions-00002.jsonl"],
            [Looked.Replace("2026-11-21T12", "2026-11-20T12", StringComparison.Ordinal)]);

        var found = await ReadAsync(new(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc)).ToListAsync();

        var entry = found.ShouldHaveSingleItem();
        entry.LookedUp!.Columns.ShouldBe(["degrees"]);
        entry.LookedUp.At.ShouldBe(new(2026, 11, 21, 11, 59, 59, TimeSpan.Zero));
        (await ReadAsync(DateTime.MinValue).ToListAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_log_there_is_nothing() =>
        (await LookupLog.ReadAsync(_folder["none"], 1, DateTime.MinValue, CancellationToken.None).ToListAsync()).ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();

    private IAsyncEnumerable<LogEntry> ReadAsync(DateTime from) =>
        LookupLog.ReadAsync(_folder.Path, 1, from, CancellationToken.None);
}

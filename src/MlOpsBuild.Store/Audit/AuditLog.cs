using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Audit;

/// <summary>The append-only, hash-chained log <c>audit.jsonl</c>.</summary>
public sealed class AuditLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const int TailLength = 64 * 1024;
    private readonly string _path;
    private readonly TimeProvider _time;

    internal AuditLog(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
    }

    /// <summary>Appends an entry and returns it.</summary>
    public async Task<AuditEntry> AppendAsync(
        string actor, string action, string subject, string reason, SortedDictionary<string, string> details,
        CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var entry = new AuditEntry(0, _time.GetUtcNow(), actor, action, subject, reason, new(details, StringComparer.Ordinal), default)
            .After(await LastAsync(cancellationToken));
        await AppendAsync(Encoding.UTF8.GetBytes(entry.ToLine()), cancellationToken);
        return entry;
    }

    /// <summary>All entries, oldest first; a torn last line is left out.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAsync(CancellationToken cancellationToken) => ReadAsync(0, cancellationToken);

    /// <summary>Entries that say <paramref name="text"/>, as an action, a subject, a detail …, oldest first; others are not read.</summary>
    public async Task<IReadOnlyList<AuditEntry>> SayingAsync(string text, CancellationToken cancellationToken)
    {
        var (found, written) = (new List<AuditEntry>(), AuditEntry.Written(text));
        await foreach (var block in LineBlocks.ForwardsAsync(_path, 0, cancellationToken))
        {
            for (var rest = block; rest.Span.IndexOf(written) is >= 0 and var at;)
            {
                var line = LineAt(rest, at);
                rest = rest[line.End..];
                if (AuditEntry.TryParse(line.Text.Span) is { } entry)
                {
                    found.Add(entry);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// The newest entry that says <paramref name="text"/> and is <paramref name="wanted"/>, or null; what is older is not looked at.
    /// </summary>
    public async Task<AuditEntry?> NewestAsync(string text, Func<AuditEntry, bool> wanted, CancellationToken cancellationToken)
    {
        var written = AuditEntry.Written(text);
        await foreach (var block in LineBlocks.BackwardsAsync(_path, cancellationToken))
        {
            for (var rest = block; rest.Span.LastIndexOf(written) is >= 0 and var at;)
            {
                var line = LineAt(rest, at);
                rest = rest[..line.Start];
                if (AuditEntry.TryParse(line.Text.Span) is { } entry && wanted(entry))
                {
                    return entry;
                }
            }
        }

        return null;
    }

    /// <summary>Every place where the chain does not hold; empty when the log is whole.</summary>
    public async Task<IReadOnlyList<Finding>> VerifyAsync(CancellationToken cancellationToken) =>
        (await ExamineAsync(_ => { }, cancellationToken)).Findings;

    /// <summary>Reads the whole log, whatever was found out before: how many entries it has, where the chain does not hold.</summary>
    /// <param name="each">Sees every entry, oldest first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(int Entries, IReadOnlyList<Finding> Findings)> ExamineAsync(
        Action<AuditEntry> each, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var previous = Core.Digest.Of("");
        var (sequence, count) = (0, 0);
        await foreach (var (line, _) in LineBlocks.LinesAsync(_path, 0, cancellationToken))
        {
            if (AuditEntry.TryParse(line.Span) is not { } entry)
            {
                continue;
            }

            if (entry.Previous != previous || entry.Sequence != sequence + 1 || entry.Digest != entry.Computed())
            {
                findings.Add(new(
                    "MLB4001", "The audit chain is broken", $"{_path}, entry {entry.Sequence}", entry.Digest?.ToString(),
                    "a digest over this entry and the one before", "restore the file from a backup"));
            }

            count++;
            each(entry);
            (previous, sequence) = (entry.Digest ?? previous, entry.Sequence);
        }

        return (count, findings);
    }

    /// <summary>Entries from the place <paramref name="from"/> in the file on.</summary>
    internal async Task<IReadOnlyList<AuditEntry>> ReadAsync(long from, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        await foreach (var (line, _) in LineBlocks.LinesAsync(_path, from, cancellationToken))
        {
            if (AuditEntry.TryParse(line.Span) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>What stands from one place in the file to another.</summary>
    internal async Task<byte[]> BytesAsync(long from, long end, CancellationToken cancellationToken)
    {
        var bytes = new byte[end - from];
        await using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(from, SeekOrigin.Begin);
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    /// <summary>The file.</summary>
    internal string FilePath => _path;

    /// <summary>Nobody appends until it is disposed.</summary>
    internal Task<FileLock> LockAsync(CancellationToken cancellationToken) =>
        FileLock.AcquireAsync(_path + ".lock", Patience, _time, cancellationToken);

    /// <summary>
    /// Puts the team's new entries behind those that both sides have, which end at <paramref name="end"/>, and links the entries that only
    /// this machine has behind them, without reading what both have.
    /// </summary>
    internal async Task RelinkAsync(
        IReadOnlyList<AuditEntry> news, AuditEntry? last, long end, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var checkpoint = AuditCheckpoint.Read(_path);
        var mine = await ReadAsync(end, cancellationToken);
        var text = new StringBuilder();
        news.ToList().ForEach(entry => text.Append(entry.ToLine()));
        Link(mine, news.CountBy(entry => entry.Content()).ToDictionary(), news is [.., var newest] ? newest : last, text);
        var added = Encoding.UTF8.GetBytes(text.ToString());
        if (FileStamp.Of(_path).Length == end)
        {
            await AppendAsync(added, cancellationToken);
            return;
        }

        await AtomicFile.WriteAsync(
            _path,
            async (stream, token) =>
            {
                await CopyAsync(stream, end, token);
                await stream.WriteAsync(added, token);
            },
            flush: true, cancellationToken);
        await (checkpoint == null
            ? Task.CompletedTask
            : (checkpoint with { File = FileStamp.Of(_path) }).WriteAsync(_path, cancellationToken));
    }

    /// <summary>
    /// Puts the team's entries in the place of the first <paramref name="known"/> ones, and links the entries that only this machine has
    /// behind them. Entries that reached the team already are not repeated.
    /// </summary>
    internal async Task RelinkAsync(
        IReadOnlyList<AuditEntry> shared, int known, Func<AuditEntry, AuditEntry> amend, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var sent = shared.CountBy(entry => entry.Content()).ToDictionary();
        var text = new StringBuilder();
        var last = shared is [.., var newest] ? newest : null;
        foreach (var entry in shared)
        {
            text.Append(entry.ToLine());
        }

        Link(
            (await ReadAsync(cancellationToken)).Where(entry => entry.Sequence > known || entry.Digest == entry.Computed()),
            sent, last, text, amend);
        await AtomicFile.WriteAsync(_path, Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    /// <summary>Changes what entries after the first <paramref name="agreed"/> say, and links them anew.</summary>
    internal async Task AmendAsync(int agreed, Func<AuditEntry, AuditEntry> amend, CancellationToken cancellationToken) =>
        await RelinkAsync([.. (await ReadAsync(cancellationToken)).Take(agreed)], agreed, amend, cancellationToken);

    // What reached the team already is not repeated.
    private static void Link(
        IEnumerable<AuditEntry> mine, Dictionary<string, int> sent, AuditEntry? last, StringBuilder text,
        Func<AuditEntry, AuditEntry>? amend = null)
    {
        foreach (var entry in mine)
        {
            var content = entry.Content();
            if (sent.TryGetValue(content, out var count) && count > 0)
            {
                sent[content] = count - 1;
                continue;
            }

            last = (amend?.Invoke(entry) ?? entry).After(last);
            text.Append(last.ToLine());
        }
    }

    private static (ReadOnlyMemory<byte> Text, int Start, int End) LineAt(ReadOnlyMemory<byte> block, int at)
    {
        var start = block.Span[..at].LastIndexOf((byte)'\n') + 1;
        var length = block.Span[at..].IndexOf((byte)'\n');
        var end = length < 0 ? block.Length : at + length + 1;
        return (block[start..end], start, end);
    }

    // The caller holds the lock.
    private async Task AppendAsync(byte[] lines, CancellationToken cancellationToken)
    {
        var checkpoint = AuditCheckpoint.Read(_path);
        try
        {
            await using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write);

            // A line cut short by a death of the process is ended here, so that the next one stands alone.
            await stream.WriteAsync(await EndsCleanlyAsync(cancellationToken) ? lines : [(byte)'\n', .. lines], cancellationToken);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(_path, problem);
        }

        await (checkpoint == null
            ? Task.CompletedTask
            : (checkpoint with { File = FileStamp.Of(_path) }).WriteAsync(_path, cancellationToken));
    }

    private async Task CopyAsync(Stream stream, long end, CancellationToken cancellationToken)
    {
        await foreach (var block in LineBlocks.ForwardsAsync(_path, 0, cancellationToken))
        {
            var wanted = (int)Math.Min(block.Length, end - stream.Position);
            await stream.WriteAsync(block[..wanted], cancellationToken);
            if (wanted < block.Length)
            {
                return;
            }
        }
    }

    // The newest whole line, from the file's tail: a long log is not read for every entry.
    private async Task<AuditEntry?> LastAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        await using (var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            stream.Seek(-Math.Min(TailLength, stream.Length), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Reverse().Select(AuditEntry.TryParse).FirstOrDefault(entry => entry != null) is { } entry)
            {
                return entry;
            }
        }

        return (await ReadAsync(cancellationToken)) is [.., var newest] ? newest : null;
    }

    private async Task<bool> EndsCleanlyAsync(CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (stream.Length == 0)
        {
            return true;
        }

        stream.Seek(-1, SeekOrigin.End);
        var last = new byte[1];
        await stream.ReadExactlyAsync(last, cancellationToken);
        return last[0] == '\n';
    }
}

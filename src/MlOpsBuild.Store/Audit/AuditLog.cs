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
        using var held = await FileLock.AcquireAsync(_path + ".lock", Patience, _time, cancellationToken);
        var entry = new AuditEntry(0, _time.GetUtcNow(), actor, action, subject, reason, new(details, StringComparer.Ordinal), default)
            .After(await LastAsync(cancellationToken));
        try
        {
            await using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write);

            // A line cut short by a death of the process is ended here, so that the next one stands alone.
            var text = (await EndsCleanlyAsync(cancellationToken) ? "" : "\n") + entry.ToLine();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(_path, problem);
        }

        return entry;
    }

    /// <summary>All entries, oldest first; a torn last line is left out.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        foreach (var line in File.Exists(_path) ? await File.ReadAllLinesAsync(_path, cancellationToken) : [])
        {
            if (AuditEntry.TryParse(line) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Every place where the chain does not hold; empty when the log is whole.</summary>
    public async Task<IReadOnlyList<Finding>> VerifyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var previous = Core.Digest.Of("");
        var sequence = 0;
        foreach (var entry in await ReadAsync(cancellationToken))
        {
            if (entry.Previous != previous || entry.Sequence != sequence + 1 || entry.Digest != entry.Computed())
            {
                findings.Add(new(
                    "MLB4001", "The audit chain is broken", $"{_path}, entry {entry.Sequence}", entry.Digest?.ToString(),
                    "a digest over this entry and the one before", "restore the file from a backup"));
            }

            (previous, sequence) = (entry.Digest ?? previous, entry.Sequence);
        }

        return findings;
    }

    /// <summary>
    /// Puts the team's entries in the place of the first <paramref name="known"/> ones, and links the entries that only this machine has
    /// behind them. Entries that reached the team already are not repeated.
    /// </summary>
    internal async Task RelinkAsync(
        IReadOnlyList<AuditEntry> shared, int known, Func<AuditEntry, AuditEntry> amend, CancellationToken cancellationToken)
    {
        using var held = await FileLock.AcquireAsync(_path + ".lock", Patience, _time, cancellationToken);
        var sent = shared.CountBy(entry => entry.Content()).ToDictionary();
        var text = new StringBuilder();
        var last = shared is [.., var newest] ? newest : null;
        foreach (var entry in shared)
        {
            text.Append(entry.ToLine());
        }

        foreach (var entry in (await ReadAsync(cancellationToken))
            .Where(entry => entry.Sequence > known || entry.Digest == entry.Computed()))
        {
            var content = entry.Content();
            if (sent.TryGetValue(content, out var count) && count > 0)
            {
                sent[content] = count - 1;
                continue;
            }

            last = amend(entry).After(last);
            text.Append(last.ToLine());
        }

        await AtomicFile.WriteAsync(_path, Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    /// <summary>Changes what entries after the first <paramref name="agreed"/> say, and links them anew.</summary>
    internal async Task AmendAsync(int agreed, Func<AuditEntry, AuditEntry> amend, CancellationToken cancellationToken) =>
        await RelinkAsync([.. (await ReadAsync(cancellationToken)).Take(agreed)], agreed, amend, cancellationToken);

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

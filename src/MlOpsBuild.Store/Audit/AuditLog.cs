using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;

namespace MlOpsBuild.Store.Audit;

/// <summary>The append-only, hash-chained log <c>audit.jsonl</c>.</summary>
public sealed class AuditLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions OneLine = new(CanonicalJson.Options) { WriteIndented = false };
    private readonly string _path;
    private readonly TimeProvider _time;

    internal AuditLog(string path, TimeProvider time)
    {
        _path = path;
        _time = time;
    }

    /// <summary>Appends an entry and returns it.</summary>
    public async Task<AuditEntry> AppendAsync(
        string actor, string action, string subject, string reason, SortedDictionary<string, string> details, CancellationToken cancellationToken)
    {
        using var held = await FileLock.AcquireAsync(_path + ".lock", Patience, _time, cancellationToken);
        var last = (await ReadAsync(cancellationToken)) is [.., var newest] ? newest : null;
        var entry = new AuditEntry((last?.Sequence ?? 0) + 1, _time.GetUtcNow(), actor, action, subject, reason, new(details, StringComparer.Ordinal), last?.Digest ?? Core.Digest.Of(""));
        entry = entry with { Digest = DigestOf(entry) };
        try
        {
            await using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write);

            // A line cut short by a death of the process is ended here, so that the next one stands alone.
            var text = (await EndsCleanlyAsync(cancellationToken) ? "" : "\n") + JsonSerializer.Serialize(entry, OneLine) + "\n";
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
            if (TryRead(line) is { } entry)
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
            if (entry.Previous != previous || entry.Sequence != sequence + 1 || entry.Digest != DigestOf(entry with { Digest = null }))
            {
                findings.Add(new("The audit chain is broken", $"{_path}, entry {entry.Sequence}", entry.Digest?.ToString(), "a digest over this entry and the one before", "restore the file from a backup"));
            }

            (previous, sequence) = (entry.Digest ?? previous, entry.Sequence);
        }

        return findings;
    }

    private static Digest DigestOf(AuditEntry entry) => Core.Digest.Of(JsonSerializer.SerializeToUtf8Bytes(entry, OneLine));

    private static AuditEntry? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, OneLine);
        }
        catch (JsonException)
        {
            return null;
        }
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

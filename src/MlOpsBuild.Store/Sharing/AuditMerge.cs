using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Takes the team's audit entries over, in their order, and links this machine's unsent ones behind them.</summary>
/// <param name="branch">The branch.</param>
/// <param name="audit">This machine's log.</param>
/// <param name="parts">Reads the team's.</param>
/// <param name="known">The parts that both sides agreed on.</param>
/// <param name="now">The team's parts now.</param>
internal sealed class AuditMerge(
    StateBranch branch, AuditLog audit, AuditParts parts, IReadOnlyList<AuditPart> known, IReadOnlyList<AuditPart> now)
{
    private readonly AuditAlignment _alignment = new(audit, parts);

    /// <summary>
    /// What was changed in entries both sides had agreed on, or null. The log only grows: a branch that was set back or rewritten is not
    /// taken over, since that would take facts away from every machine.
    /// </summary>
    public async Task<Finding?> RewrittenAsync(string agreed, string commit, CancellationToken cancellationToken)
    {
        var theirs = now.ToDictionary(part => part.Number);
        var others = await UnlikeAsync(
            [.. known.Where(part => theirs.GetValueOrDefault(part.Number)?.Id != part.Id)], theirs, cancellationToken);
        await parts.ListAsync(agreed, others, cancellationToken);
        await parts.ListAsync(
            commit, [.. others.Select(part => theirs.GetValueOrDefault(part.Number)).OfType<AuditPart>()], cancellationToken);
        foreach (var part in others)
        {
            var there = theirs.GetValueOrDefault(part.Number);
            var (before, after) = (
                await parts.IdsAsync(part, cancellationToken), there == null ? [] : await parts.IdsAsync(there, cancellationToken));
            if (before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count() is var same && same < before.Count)
            {
                var path = LocalFacts.PathOf((part.Number * AuditPart.Full) + same + 1);
                return new(
                    "MLB4020", "The team's state was set back or rewritten: agreed audit entries are gone or changed",
                    $"{branch.Address} {branch.Branch}:{path}", after.ElementAtOrDefault(same) ?? "gone", before[same],
                    $"put the branch back to commit {agreed} or a later one; until then this machine goes on with what it has");
            }
        }

        return null;
    }

    /// <summary>Takes over; whether the log is the team's now, and what was wrong.</summary>
    public async Task<(bool Taken, IReadOnlyList<Finding> Findings)> ApplyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var marks = await _alignment.OfAsync(known, cancellationToken);
        var agreed = await parts.CountAsync(known, cancellationToken);
        if (marks == null)
        {
            findings.Add(new(
                "MLB4021", "This machine's audit log was changed or cut", "audit.jsonl", null,
                $"the {agreed} entries agreed with the team", "the team's entries were put back"));
        }

        if (marks != null && await parts.CountAsync(now, cancellationToken) == agreed)
        {
            return (true, findings);
        }

        var last = marks == null || agreed == 0 ? null : await LastAsync(marks, cancellationToken);
        var added = (await parts.EntriesAsync(now, marks == null ? 0 : agreed, cancellationToken))
            .Select(content => content == null ? null : AuditEntry.TryParse(content.Value.Span))
            .ToList();
        if (added.Contains(null))
        {
            findings.Add(new(
                "MLB4022", "The team's audit log cannot be read", branch.Branch, null, "entries as a build wrote them",
                "run ./build.sh Sync again when the remote answers"));
            return (false, findings);
        }

        var before = last;
        foreach (var entry in added.OfType<AuditEntry>())
        {
            if (entry.Sequence != (before?.Sequence ?? 0) + 1
                || entry.Previous != (before?.Digest ?? Digest.Of(""))
                || entry.Digest != entry.Computed())
            {
                findings.Add(new(
                    "MLB4023", "The team's audit chain is broken", $"{branch.Branch}, entry {(before?.Sequence ?? 0) + 1}",
                    entry.Digest?.ToString(), "a digest over this entry and the one before",
                    "put the branch back to the commit before; until then this machine goes on with what it has"));
                return (false, findings);
            }

            before = entry;
        }

        await (marks == null
            ? audit.RelinkAsync([.. added.OfType<AuditEntry>()], agreed, entry => entry, cancellationToken)
            : audit.RelinkAsync([.. added.OfType<AuditEntry>()], last, AuditAlignment.EndOf(marks), cancellationToken));
        return (true, findings);
    }

    // The newest entry that both sides have.
    private async Task<AuditEntry?> LastAsync(IReadOnlyList<AuditMark> marks, CancellationToken cancellationToken)
    {
        AuditEntry? last = null;
        var from = marks.Count > 1 ? marks[^2].End : 0;
        await foreach (var (line, end) in LineBlocks.LinesAsync(audit.FilePath, from, cancellationToken))
        {
            last = end == marks[^1].End ? AuditEntry.TryParse(line.Span) : last;
            if (end >= marks[^1].End)
            {
                break;
            }
        }

        return last;
    }

    // What became a pack is compared by what this machine has, so that it need not be fetched.
    private async Task<IReadOnlyList<AuditPart>> UnlikeAsync(
        IReadOnlyList<AuditPart> others, Dictionary<int, AuditPart> theirs, CancellationToken cancellationToken)
    {
        var unlike = new List<AuditPart>();
        var marks = others.Count == 0 ? [] : await _alignment.OfAsync(known, cancellationToken) ?? [];
        foreach (var part in others)
        {
            if (part.IsPacked
                || marks.Count <= part.Number
                || theirs.GetValueOrDefault(part.Number) is not { IsPacked: true } pack
                || GitObject.IdOf(await audit.BytesAsync(
                    part.Number == 0 ? 0 : marks[part.Number - 1].End, marks[part.Number].End, cancellationToken)) != pack.Id)
            {
                unlike.Add(part);
            }
        }

        return unlike;
    }
}

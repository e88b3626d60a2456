using MlOpsBuild.Core;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>Takes the team's audit entries over, in their order, and links this machine's unsent ones behind them.</summary>
internal sealed class AuditMerge(
    StateBranch branch, AuditLog audit, IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> now)
{
    public static int CountOf(IReadOnlyDictionary<string, string> tree) =>
        tree.Keys.Count(path => path.StartsWith(LocalFacts.AuditFolder, StringComparison.Ordinal));

    /// <summary>
    /// What was changed in entries both sides had agreed on, or null. The log only grows: a branch that was set back or rewritten is not
    /// taken over, since that would take facts away from every machine.
    /// </summary>
    public Finding? Rewritten(string agreed)
    {
        var changed = known
            .Where(fact => fact.Key.StartsWith(LocalFacts.AuditFolder, StringComparison.Ordinal)
                && now.GetValueOrDefault(fact.Key) != fact.Value)
            .Select(fact => fact.Key)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return changed == null ? null : new(
            "MLB4020", "The team's state was set back or rewritten: agreed audit entries are gone or changed",
            $"{branch.Address} {branch.Branch}:{changed}", now.GetValueOrDefault(changed) ?? "gone", known[changed],
            $"put the branch back to commit {agreed} or a later one; until then this machine goes on with what it has");
    }

    /// <summary>Takes over; whether the log is the team's now, and what was wrong.</summary>
    public async Task<(bool Taken, IReadOnlyList<Finding> Findings)> ApplyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var local = await audit.ReadAsync(cancellationToken);
        var agreed = CountOf(known);
        var altered = local.Count < agreed
            || local.Take(agreed)
                .Any(entry => known.GetValueOrDefault(LocalFacts.PathOf(entry)) != GitObject.IdOf(LocalFacts.ContentOf(entry)));
        if (altered && agreed > 0)
        {
            findings.Add(new(
                "MLB4021", "This machine's audit log was changed or cut", "audit.jsonl", $"{local.Count} entries",
                $"the {agreed} entries agreed with the team", "the team's entries were put back"));
        }

        if (!altered && CountOf(now) == agreed)
        {
            return (true, findings);
        }

        var ids = now.Where(fact => fact.Key.StartsWith(LocalFacts.AuditFolder, StringComparison.Ordinal))
            .OrderBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => fact.Value)
            .ToList();
        var kept = altered ? [] : local.Take(agreed).ToList();
        var added = await branch.ReadAsync([.. ids.Skip(kept.Count)], cancellationToken);
        var entries = added.Select(content => content == null ? null : AuditEntry.TryParse(System.Text.Encoding.UTF8.GetString(content)))
            .ToList();
        if (entries.Contains(null))
        {
            findings.Add(new(
                "MLB4022", "The team's audit log cannot be read", branch.Branch, null, "entries as a build wrote them",
                "run ./build.sh Sync again when the remote answers"));
            return (false, findings);
        }

        IReadOnlyList<AuditEntry> shared = [.. kept, .. entries.OfType<AuditEntry>()];
        for (var index = kept.Count; index < shared.Count; index++)
        {
            var entry = shared[index];
            if (entry.Sequence != index + 1
                || entry.Previous != (index == 0 ? Digest.Of("") : shared[index - 1].Digest)
                || entry.Digest != entry.Computed())
            {
                findings.Add(new(
                    "MLB4023", "The team's audit chain is broken", $"{branch.Branch}, entry {index + 1}", entry.Digest?.ToString(),
                    "a digest over this entry and the one before",
                    "put the branch back to the commit before; until then this machine goes on with what it has"));
                return (false, findings);
            }
        }

        await audit.RelinkAsync(shared, agreed, entry => entry, cancellationToken);
        return (true, findings);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// Fetches the branch and takes over what is new, up to the commit both sides agree on. The caller holds the store's sync lock.
/// </summary>
internal sealed class Takeover(
    MlOpsStore store, StateBranch branch, LocalFacts facts, AuditParts parts, TimeProvider time, TimeSpan patience)
{
    private readonly MergeJournal _journal = new(store.Folder, facts, store.Audit);
    private AgreedTree? _agreed;

    /// <summary>Its time of writing is when both sides last agreed.</summary>
    public string Mark => Path.Combine(store.Folder, "remote", branch.Name + ".agreed");

    /// <summary>
    /// The tree both sides last agreed on; empty before the first time. Another build in this folder may have moved on meanwhile.
    /// </summary>
    public async Task<SharedTree> SharedAsync(CancellationToken cancellationToken)
    {
        var commit = await branch.MergedAsync(cancellationToken);
        var agreed = _agreed;
        if (agreed == null || agreed.Commit != commit)
        {
            _agreed = agreed = await ListAsync(commit, cancellationToken);
        }

        return agreed.Tree;
    }

    private async Task<AgreedTree> ListAsync(string? commit, CancellationToken cancellationToken)
    {
        try
        {
            return new(commit, await SharedTree.ReadAsync(branch, commit, cancellationToken));
        }
        catch (StageFailedException)
        {
            // Damaged in the store: the remote has it all.
            await branch.RemakeAsync(cancellationToken);
            return new(null, SharedTree.Empty);
        }
    }

    /// <summary>Both sides have the same up to <paramref name="commit"/>.</summary>
    public async Task AgreeAsync(string commit, CancellationToken cancellationToken)
    {
        await branch.MarkMergedAsync(commit, cancellationToken);
        await Content.AtomicFile.WriteAsync(Mark, ReadOnlyMemory<byte>.Empty, cancellationToken);
        File.SetLastWriteTimeUtc(Mark, time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Puts this machine's log back in step where it was changed, and goes on with what a killed build had begun.</summary>
    public async Task<SyncReport> RepairAsync(SyncReport report, CancellationToken cancellationToken)
    {
        var shared = await SharedAsync(cancellationToken);
        await store.SettleAsync(cancellationToken);

        var (whole, findings) = await Merge(shared, shared).ApplyAsync(cancellationToken);
        return report with
        {
            Findings = [.. report.Findings, .. findings], Reached = report.Reached && whole,
            Problem = whole ? report.Problem : findings[^1].What
        };
    }

    /// <summary>Fetches and takes over.</summary>
    /// <exception cref="UsageException">The state was written by a newer program.</exception>
    public async Task<SyncReport> RunAsync(SyncReport report, CancellationToken cancellationToken)
    {
        var (reached, commit, problem) = await branch.FetchAsync(cancellationToken);
        if (!reached)
        {
            return report with { Reached = false, Problem = problem };
        }

        var agreed = await branch.MergedAsync(cancellationToken);
        if (commit == agreed)
        {
            return report with { Reached = true };
        }

        if (commit == null)
        {
            // Somebody took the branch away: it is made again from what the machines have.
            await branch.ForgetAsync(cancellationToken);
            return report with { Reached = true };
        }

        var now = await SharedTree.ReadAsync(branch, commit, cancellationToken);
        if (await SchemaProblemAsync(now, cancellationToken) is { } unreadable)
        {
            return report with { Reached = false, Problem = unreadable.What, Findings = [.. report.Findings, unreadable] };
        }

        var (known, rewritten) = await KnownAsync(agreed, commit, now, cancellationToken);
        var told = rewritten == null ? report : report with { Findings = [.. report.Findings, rewritten] };
        return known == null
            ? told with { Reached = false, Problem = rewritten?.What }
            : await MergeAsync(told, commit, known, now, cancellationToken);
    }

    /// <summary>Refuses a tree written by a newer program.</summary>
    /// <exception cref="UsageException">It is newer.</exception>
    public async Task<Finding?> SchemaProblemAsync(SharedTree tree, CancellationToken cancellationToken)
    {
        var where = $"{branch.Address} {branch.Branch}:{StoreSchema.FileName}";
        var content = tree.Files.TryGetValue(StoreSchema.FileName, out var id)
            ? (await branch.ReadAsync([id], cancellationToken))[0]
            : null;
        try
        {
            if (content != null && JsonNode.Parse(CanonicalJson.WithoutMark(content)) is JsonObject identity
                && identity["schema"] is JsonValue value
                && value.TryGetValue<int>(out var schema))
            {
                StoreSchema.Refuse(schema, where, StoreSchema.Packed);
                return null;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        return tree.Files.Count == 0 && tree.Audit.Count == 0 ? null : new(
            "MLB4027", "The branch does not say which layout it has", where, content == null ? "missing" : "damaged", "a schema number",
            "is this a branch of MlOpsBuild? restore the file from the branch's history, or name another branch with --remote-branch");
    }

    // What both sides had agreed on, or why it does not hold any more; a branch made anew is met as a stranger.
    private async Task<(SharedTree? Known, Finding? Told)> KnownAsync(
        string? agreed, string commit, SharedTree now, CancellationToken cancellationToken)
    {
        var known = await SharedAsync(cancellationToken);
        var rewritten = agreed == null ? null : await Merge(known, now).RewrittenAsync(agreed, commit, cancellationToken);
        if (agreed == null
            || (rewritten == null && known.Files.Keys.All(path => now.Files.ContainsKey(path) || !LocalFacts.IsFact(path))))
        {
            return (known, null);
        }

        return await branch.RelationAsync(agreed, commit, cancellationToken) switch
        {
            Relation.Continued when rewritten == null => (known, null),
            Relation.Unrelated => (SharedTree.Empty, new(
                "MLB4028", "The team's branch was taken away and made again", $"{branch.Address} {branch.Branch}", null, null,
                "nothing: what this machine has is added to it")),
            _ => (null, rewritten ?? new(
                "MLB4029", "The team's state was set back or rewritten: agreed facts are gone", $"{branch.Address} {branch.Branch}", commit,
                $"a commit after {agreed}",
                $"put the branch back to commit {agreed} or a later one; until then this machine goes on with what it has")),
        };
    }

    private async Task<SyncReport> MergeAsync(
        SyncReport report, string commit, SharedTree known, SharedTree now, CancellationToken cancellationToken)
    {
        using var registries = await RegistryLocks.AcquireAsync(store.Folder, now.Files.Keys, patience, time, cancellationToken);
        var plan = await new FactMerge(branch, facts, known.Files, now.Files, store.Origin).PlanAsync(cancellationToken);
        await _journal.ApplyAsync(plan, await parts.CountAsync(known.Audit, cancellationToken), cancellationToken);
        var (taken, findings) = await Merge(known, now).ApplyAsync(cancellationToken);
        var whole = plan.Missing.Count == 0 && taken;
        if (whole)
        {
            await AgreeAsync(commit, cancellationToken);
        }

        return report with
        {
            Reached = whole,
            Problem = plan.Missing is [var first, ..] ? first.What : taken ? null : findings[^1].What,
            Received = report.Received + plan.Received,
            Renumbered = [.. report.Renumbered, .. plan.Renumbered],
            RefusedMoves = [.. report.RefusedMoves, .. plan.Refused],
            Findings = [.. report.Findings, .. plan.Missing, .. plan.Damaged, .. findings],
        };
    }

    private AuditMerge Merge(SharedTree known, SharedTree now) => new(branch, store.Audit, parts, known.Audit, now.Audit);

    private sealed record AgreedTree(string? Commit, SharedTree Tree);
}

using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Schema;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// The team's state on a branch of a git repository. Facts are written here first and shared when the remote answers: fetch, take
/// over, write one commit, push from the head that was read; when somebody else was first, again from the start.
/// </summary>
public sealed class TeamState
{
    private const int LongestPauseShift = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Race = TimeSpan.FromMinutes(5);
    private readonly MlOpsStore _store;
    private readonly RemoteOptions _options;
    private readonly StateBranch _branch;
    private readonly LocalFacts _facts;
    private readonly PendingFacts _pending;
    private readonly TimeProvider _time;
    private readonly SplitMix64 _jitter;
    private (string? Commit, IReadOnlyDictionary<string, string> Tree)? _shared;
    private readonly List<SyncReport> _reports = [];
    private string? _refused;

    private TeamState(MlOpsStore store, RemoteOptions options, StateBranch branch, TimeProvider time)
    {
        _store = store;
        _options = options;
        _branch = branch;
        _time = time;
        _facts = new(store.Folder);
        _pending = new(_facts, store.Audit, store.Blobs, options);
        _jitter = new(Convert.ToUInt64(store.Origin, 16));
    }

    private string Mark => Path.Combine(_store.Folder, "remote", Digest.Of($"{_branch.Address.Location} {_branch.Branch}").Abbreviated + ".agreed");

    /// <summary>Opens the team's state for <paramref name="store"/>; nothing is sent or fetched yet.</summary>
    public static async Task<TeamState> OpenAsync(MlOpsStore store, RemoteOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var branch = await StateBranch.OpenAsync(store.Folder, options.Branch, options.Address, options.Settings, options.Variables, cancellationToken);
        return new(store, options, branch, time);
    }

    /// <summary>Takes the team's facts over. A remote that does not answer is told in the report, not thrown.</summary>
    /// <exception cref="UsageException">The state was written by a newer program.</exception>
    public async Task<SyncReport> PullAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        return Told(await FetchAndMergeAsync(new SyncReport(), cancellationToken));
    }

    /// <summary>Reports of exchanges since the last call, also of those that a registration or a promotion made.</summary>
    public IReadOnlyList<SyncReport> TakeReports()
    {
        var reports = _reports.ToList();
        _reports.Clear();
        return reports;
    }

    /// <summary>Shares what only this machine has, taking over what others wrote meanwhile.</summary>
    /// <exception cref="UsageException">The state was written by a newer program.</exception>
    public async Task<SyncReport> PublishAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        return Told(await PublishLockedAsync(cancellationToken));
    }

    private async Task<SyncReport> PublishLockedAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var report = new SyncReport();
        for (var attempt = 1; ; attempt++)
        {
            report = report with { Attempts = attempt };
            if (attempt > 1 || await _branch.MergedAsync(cancellationToken) == null)
            {
                report = await FetchAndMergeAsync(report, cancellationToken);
            }

            var moment = await MomentAsync(cancellationToken);
            var head = await _branch.MergedAsync(cancellationToken);
            var shared = await SharedAsync(cancellationToken);
            var paths = await _pending.PathsAsync(shared, Since(), cancellationToken);
            if (!report.Reached || _refused != null || paths.Count == 0)
            {
                return report with { Unsent = paths.Count, ReadOnly = _refused != null, Problem = report.Problem ?? _refused };
            }

            var outgoing = await _pending.CollectAsync(paths, shared, cancellationToken);
            report = report with { Oversized = outgoing.Oversized, Findings = [.. report.Findings, .. outgoing.Problems], Unsent = paths.Count - outgoing.Facts };
            if (outgoing.Facts == 0)
            {
                return report;
            }

            var commit = await _branch.CommitAsync(head, outgoing.Changes, _options.Actor, string.Create(CultureInfo.InvariantCulture, $"{outgoing.Facts} facts\n"), _time.GetUtcNow(), cancellationToken);
            var (outcome, problem) = await WaitAsync(token => _branch.PushAsync(commit, head, token), late => (PushOutcome.Unreachable, late), cancellationToken);
            switch (outcome)
            {
                case PushOutcome.Accepted:
                    await AgreeAsync(commit, moment, cancellationToken);
                    return report with { Sent = outgoing.Facts, BlobsSent = report.BlobsSent + outgoing.BlobsSent };
                case PushOutcome.Refused:
                    _refused = problem;
                    return report with { ReadOnly = true, Problem = problem, Unsent = paths.Count };
                case PushOutcome.Unreachable:
                    return report with { Reached = false, Problem = problem, Unsent = paths.Count };
                case PushOutcome.Stale when _time.GetElapsedTime(started) > Race:
                    return report with { Reached = false, Problem = $"others wrote all the time, {attempt} attempts", Unsent = paths.Count };
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Looks at both sides and changes neither.</summary>
    public async Task<SyncStatus> StatusAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var (reached, commit, problem) = await WaitAsync(_branch.FetchAsync, late => (false, (string?)null, (string?)late), cancellationToken);
        var agreed = await SharedAsync(cancellationToken);
        var newest = reached ? await _branch.ListAsync(commit, cancellationToken) : agreed;
        Refuse(newest, await SchemaAsync(newest, cancellationToken));
        return new(
            _branch.Address.Location, _branch.Branch, reached, problem,
            ByKind(await _pending.PathsAsync(newest, Since(), cancellationToken)),
            ByKind(newest.Where(fact => agreed.GetValueOrDefault(fact.Key) != fact.Value).Select(fact => fact.Key)),
            ByKind(newest.Keys),
            File.Exists(Mark) ? File.GetLastWriteTimeUtc(Mark) : null);
    }

    /// <summary>Fetches content that this machine lacks, verified; false when the team does not have it either or cannot be asked.</summary>
    internal async Task<bool> TryFetchAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            if (_options.Registry != null && await _options.Registry.TryFetchAsync(digest, _store.Blobs.PathOf(digest), cancellationToken))
            {
                return true;
            }
        }
        catch (StageFailedException problem)
        {
            // The branch may have it; if not, the stage that makes it runs again.
            _reports.Add(new() { Findings = problem.Findings });
        }

        if (!(await SharedAsync(cancellationToken)).TryGetValue(LocalFacts.BlobPath(digest.Hex), out var id))
        {
            return false;
        }

        var content = (await WaitAsync(token => _branch.ReadAsync([id], token), _ => [null], cancellationToken))[0];
        if (content == null || Digest.Of(content) != digest)
        {
            return false;
        }

        await AtomicFile.WriteAsync(_store.Blobs.PathOf(digest), content, cancellationToken);
        return true;
    }

    /// <summary>Checks the copy of the branch in the store and makes it anew when git cannot read it; true when it had to.</summary>
    internal async Task<bool> HealAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        try
        {
            _shared = null;
            await SharedAsync(cancellationToken);
            return false;
        }
        catch (StageFailedException)
        {
            await _branch.RemakeAsync(cancellationToken);
            await FetchAndMergeAsync(new SyncReport(), cancellationToken);
            return true;
        }
    }

    /// <summary>A fact as the team has it, or null.</summary>
    internal async Task<byte[]?> TryReadFactAsync(string path, CancellationToken cancellationToken) =>
        (await SharedAsync(cancellationToken)).TryGetValue(path, out var id) ? (await WaitAsync(token => _branch.ReadAsync([id], token), _ => [null], cancellationToken))[0] : null;

    /// <summary>
    /// Takes facts and blobs away from the branch, by compare-and-set: <paramref name="choose"/> is asked again whenever others wrote
    /// meanwhile, so that nothing that became needed is lost.
    /// </summary>
    internal async Task<SyncReport> RemoveAsync(Func<IReadOnlyDictionary<string, string>, CancellationToken, Task<IReadOnlyList<string>>> choose, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var report = new SyncReport();
        for (var attempt = 1; ; attempt++)
        {
            report = await FetchAndMergeAsync(report with { Attempts = attempt }, cancellationToken);
            var head = await _branch.MergedAsync(cancellationToken);
            var shared = await SharedAsync(cancellationToken);
            var paths = (await choose(shared, cancellationToken)).Where(shared.ContainsKey).ToList();
            if (!report.Reached || paths.Count == 0)
            {
                return Told(report);
            }

            var moment = await MomentAsync(cancellationToken);
            var commit = await _branch.CommitAsync(head, [.. paths.Select(path => new TreeChange(path, null))], _options.Actor, string.Create(CultureInfo.InvariantCulture, $"{paths.Count} files pruned\n"), _time.GetUtcNow(), cancellationToken);
            var (outcome, problem) = await WaitAsync(token => _branch.PushAsync(commit, head, token), late => (PushOutcome.Unreachable, late), cancellationToken);
            switch (outcome)
            {
                case PushOutcome.Accepted:
                    await AgreeAsync(commit, moment, cancellationToken);
                    return Told(report with { Sent = paths.Count });
                case PushOutcome.Refused:
                    return Told(report with { ReadOnly = true, Problem = problem });
                case PushOutcome.Unreachable:
                    return Told(report with { Reached = false, Problem = problem });
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    // A random pause keeps builds that collided from colliding again.
    private Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Pause * ((1 << Math.Min(attempt, LongestPauseShift)) * _jitter.NextDouble()), _time, cancellationToken);

    private SyncReport Told(SyncReport report)
    {
        _reports.Add(report);
        return report;
    }

    private async Task<SyncReport> FetchAndMergeAsync(SyncReport report, CancellationToken cancellationToken)
    {
        var (reached, commit, problem) = await WaitAsync(_branch.FetchAsync, late => (false, (string?)null, (string?)late), cancellationToken);
        if (!reached)
        {
            return report with { Reached = false, Problem = problem };
        }

        var agreed = await _branch.MergedAsync(cancellationToken);
        if (commit == agreed)
        {
            return report with { Reached = true };
        }

        if (commit == null)
        {
            // Somebody took the branch away: it is made again from what the machines have.
            await _branch.ForgetAsync(cancellationToken);
            return report with { Reached = true };
        }

        var moment = await MomentAsync(cancellationToken);
        var known = await SharedAsync(cancellationToken);
        var now = await _branch.ListAsync(commit, cancellationToken);
        Refuse(now, await SchemaAsync(now, cancellationToken));
        if (agreed != null && new AuditMerge(_branch, _store.Audit, known, now).Rewritten(agreed) is { } rewritten)
        {
            return report with { Reached = false, Problem = rewritten.What, Findings = [.. report.Findings, rewritten] };
        }

        var merged = await new FactMerge(_branch, _facts, known, now).ApplyAsync(cancellationToken);
        var findings = await new AuditMerge(_branch, _store.Audit, known, now).ApplyAsync(merged.Renumbered, cancellationToken);
        foreach (var refused in merged.Refused)
        {
            await _store.Audit.AppendAsync(
                refused.Move.Actor, "alias move refused", $"{refused.Pipeline}/{refused.Move.Alias}", refused.Move.Reason,
                new(StringComparer.Ordinal) { ["from"] = $"v{refused.Move.From}", ["to"] = $"v{refused.Move.To}", ["standing"] = $"v{refused.Standing.To}" }, cancellationToken);
        }

        if (merged.Findings.Count == 0)
        {
            await AgreeAsync(commit, moment, cancellationToken);
        }

        return report with
        {
            Reached = merged.Findings.Count == 0, Problem = merged.Findings is [var first, ..] ? first.What : null, Received = report.Received + merged.Received,
            Renumbered = [.. report.Renumbered, .. merged.Renumbered], RefusedMoves = [.. report.RefusedMoves, .. merged.Refused], Findings = [.. report.Findings, .. merged.Findings, .. merged.Damaged, .. findings],
        };
    }

    private async Task AgreeAsync(string commit, DateTime moment, CancellationToken cancellationToken)
    {
        await _branch.MarkMergedAsync(commit, cancellationToken);
        File.SetLastWriteTimeUtc(Mark, moment);
    }

    // Another build in this folder may have moved on meanwhile.
    private async Task<IReadOnlyDictionary<string, string>> SharedAsync(CancellationToken cancellationToken)
    {
        var commit = await _branch.MergedAsync(cancellationToken);
        if (_shared is not { } known || known.Commit != commit)
        {
            _shared = known = (commit, await _branch.ListAsync(commit, cancellationToken));
        }

        return known.Tree;
    }

    private async Task<int> SchemaAsync(IReadOnlyDictionary<string, string> tree, CancellationToken cancellationToken) =>
        tree.TryGetValue(StoreSchema.FileName, out var id) && (await _branch.ReadAsync([id], cancellationToken))[0] is { } content
            ? System.Text.Json.Nodes.JsonNode.Parse(content)?["schema"]?.GetValue<int>() ?? StoreSchema.Current
            : StoreSchema.Current;

    private void Refuse(IReadOnlyDictionary<string, string> tree, int schema) => StoreSchema.Refuse(tree.Count == 0 ? StoreSchema.Current : schema, $"{_branch.Address.Location} {_branch.Branch}");

    // Times are compared with file times only, so they are taken from the file system too.
    private async Task<DateTime> MomentAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Mark))
        {
            await AtomicFile.WriteAsync(Mark, ReadOnlyMemory<byte>.Empty, cancellationToken);
            File.SetLastWriteTimeUtc(Mark, DateTime.UnixEpoch);
        }

        var probe = Mark + ".now";
        await AtomicFile.WriteAsync(probe, ReadOnlyMemory<byte>.Empty, flush: false, cancellationToken);
        return File.GetLastWriteTimeUtc(probe);
    }

    private DateTime Since() => File.Exists(Mark) ? File.GetLastWriteTimeUtc(Mark) : DateTime.MinValue;

    private async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> work, Func<string, T> late, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return late(string.Create(CultureInfo.InvariantCulture, $"no answer within {_options.Patience.TotalSeconds:0.#} s"));
        }
    }

    private static SortedDictionary<string, int> ByKind(IEnumerable<string> paths) =>
        new(paths.Where(path => path.Contains('/', StringComparison.Ordinal)).CountBy(path => path[..path.IndexOf('/', StringComparison.Ordinal)]).ToDictionary(), StringComparer.Ordinal);

    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var held = await _store.LockAsync("sync", Race, cancellationToken);
        _branch.ClearLocks((_time.GetUtcNow() - StaleAfter).UtcDateTime);
        return held;
    }
}

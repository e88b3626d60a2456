using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Content;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Sharing;

/// <summary>
/// The team's state on a branch of a git repository. Facts are written here first and shared when the remote answers: fetch, take
/// over, write one commit, push from the head that was read; when somebody else was first, again from the start.
/// </summary>
public sealed class TeamState
{
    private const int LongestPause = 8;
    private static readonly TimeSpan Race = TimeSpan.FromMinutes(5);
    private readonly MlOpsStore _store;
    private readonly RemoteOptions _options;
    private readonly StateBranch _branch;
    private readonly AuditParts _parts;
    private readonly PendingFacts _pending;
    private readonly Takeover _takeover;
    private readonly TimeProvider _time;
    private readonly SplitMix64 _jitter;
    private readonly Lock _gate = new();
    private readonly List<SyncReport> _reports = [];
    private string? _refused;

    private TeamState(MlOpsStore store, RemoteOptions options, StateBranch branch, TimeProvider time)
    {
        _store = store;
        _options = options;
        _branch = branch;
        _time = time;
        _refused = options.ReadOnly;
        var facts = new LocalFacts(store.Folder);
        _parts = new(branch);
        _pending = new(facts, store.Audit, _parts, store.Blobs, options);
        _takeover = new(store, branch, facts, _parts, time, Race);
        _jitter = new(Convert.ToUInt64(store.Origin, 16));
    }

    /// <summary>Opens the team's state for <paramref name="store"/>; nothing is sent or fetched yet.</summary>
    public static TeamState Of(MlOpsStore store, RemoteOptions options, TimeProvider time) =>
        new(store, options, StateBranch.At(store.Folder, options, time), time);

    /// <summary>Takes the team's facts over. A remote that does not answer is told in the report, not thrown.</summary>
    /// <exception cref="UsageException">The state was written by a newer program.</exception>
    public async Task<SyncReport> PullAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        return Told(await _takeover.RunAsync(await _takeover.RepairAsync(new(), cancellationToken), cancellationToken));
    }

    /// <summary>Shares what only this machine has, taking over what others wrote meanwhile.</summary>
    /// <exception cref="UsageException">The state was written by a newer program.</exception>
    public async Task<SyncReport> PublishAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var began = _time.GetTimestamp();
        var report = await _takeover.RepairAsync(new(), cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var started = _time.GetTimestamp();
            report = report with { Attempts = attempt };
            if (attempt > 1 || await _branch.MergedAsync(cancellationToken) == null)
            {
                report = await _takeover.RunAsync(report, cancellationToken);
            }

            (report, var ended) = await TryPublishAsync(report, cancellationToken);
            if (ended)
            {
                return Told(report);
            }

            if (_time.GetElapsedTime(began) > Race)
            {
                return Told(report with { Reached = false, Problem = $"others wrote all the time, {attempt} attempts" });
            }

            await PauseAsync(attempt, _time.GetElapsedTime(started), cancellationToken);
        }
    }

    /// <summary>Reports of exchanges since the last call, also of those that a registration or a promotion made.</summary>
    public IReadOnlyList<SyncReport> TakeReports()
    {
        lock (_gate)
        {
            var reports = _reports.ToList();
            _reports.Clear();
            return reports;
        }
    }

    /// <summary>
    /// Packs the team's audit log, by compare-and-set: nothing is lost, neither of the log nor of the branch's history, and the branch has
    /// one file for a thousand entries. Programs that do not know packed logs are refused from then on.
    /// </summary>
    /// <returns>What came of it; <see cref="SyncReport.Sent"/> counts the files that are packs now.</returns>
    /// <exception cref="StageFailedException">This machine's log is not what the team has.</exception>
    public async Task<SyncReport> PackAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var (began, packed) = (_time.GetTimestamp(), 0);
        var report = await _takeover.RepairAsync(new(), cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var started = _time.GetTimestamp();
            report = await _takeover.RunAsync(report with { Attempts = attempt }, cancellationToken);
            var changes = report.Reached && _refused == null
                ? await new AuditPacking(_store.Audit, _parts).NextAsync(await _takeover.SharedAsync(cancellationToken), cancellationToken)
                : [];
            if (changes.Count == 0)
            {
                return Told(report with { Sent = packed, ReadOnly = _refused != null, Problem = report.Problem ?? _refused });
            }

            var packs = changes.Count(change => change.Content != null) - 1;
            var (outcome, problem) = await PushAsync(
                changes, string.Create(CultureInfo.InvariantCulture, $"{packs} parts of the audit log packed"), cancellationToken);
            packed += outcome == PushOutcome.Accepted ? packs : 0;
            if (outcome is PushOutcome.Refused or PushOutcome.Unreachable || _time.GetElapsedTime(began) > Race)
            {
                return Told(report with
                {
                    Sent = packed, Reached = outcome != PushOutcome.Unreachable, ReadOnly = outcome == PushOutcome.Refused,
                    Problem = problem
                });
            }

            if (outcome == PushOutcome.Stale)
            {
                await PauseAsync(attempt, _time.GetElapsedTime(started), cancellationToken);
            }
        }
    }

    /// <summary>Looks at both sides and changes neither.</summary>
    public async Task<SyncStatus> StatusAsync(CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var (reached, commit, problem) = await _branch.FetchAsync(cancellationToken);
        var agreed = await _takeover.SharedAsync(cancellationToken);
        var newest = reached ? await SharedTree.ReadAsync(_branch, commit, cancellationToken) : agreed;
        var unreadable = await _takeover.SchemaProblemAsync(newest, cancellationToken);
        return new(
            _branch.Address.Location, _branch.Branch, reached && unreadable == null, problem ?? unreadable?.What,
            ByKind(await _pending.PathsAsync(newest, cancellationToken)),
            ByKind(
                newest.Files.Where(fact => agreed.Files.GetValueOrDefault(fact.Key) != fact.Value).Select(fact => fact.Key),
                await _parts.CountAsync(newest.Audit, cancellationToken) - await _parts.CountAsync(agreed.Audit, cancellationToken)),
            ByKind(newest.Files.Keys, await _parts.CountAsync(newest.Audit, cancellationToken)),
            File.Exists(_takeover.Mark) ? File.GetLastWriteTimeUtc(_takeover.Mark) : null);
    }

    /// <summary>
    /// Fetches content that this machine lacks, verified; false when the team does not have it either or cannot be asked.
    /// </summary>
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
            Told(new() { Findings = problem.Findings });
        }

        if (await TryReadAsync(LocalFacts.BlobPath(digest.Hex), cancellationToken) is not { } content || Digest.Of(content) != digest)
        {
            return false;
        }

        await AtomicFile.WriteAsync(_store.Blobs.PathOf(digest), content, cancellationToken);
        return true;
    }

    /// <summary>A file as the team has it, or null.</summary>
    internal async Task<byte[]?> TryReadAsync(string path, CancellationToken cancellationToken) =>
        (await _takeover.SharedAsync(cancellationToken)).Files.TryGetValue(path, out var id)
            ? (await _branch.ReadAsync([id], cancellationToken))[0]
            : null;

    /// <summary>
    /// Takes facts and blobs away from the branch, by compare-and-set: <paramref name="choose"/> is asked again whenever others wrote
    /// meanwhile, so that nothing that became needed is lost.
    /// </summary>
    internal async Task<SyncReport> RemoveAsync(
        Func<IReadOnlyDictionary<string, string>, CancellationToken, Task<IReadOnlyList<string>>> choose,
        CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken);
        var began = _time.GetTimestamp();
        var report = await _takeover.RepairAsync(new(), cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var started = _time.GetTimestamp();
            report = await _takeover.RunAsync(report with { Attempts = attempt }, cancellationToken);
            var shared = await _takeover.SharedAsync(cancellationToken);
            var paths = report.Reached && _refused == null
                ? (await choose(shared.Files, cancellationToken)).Where(shared.Files.ContainsKey).ToList()
                : [];
            if (paths.Count == 0)
            {
                return Told(report with { ReadOnly = _refused != null, Problem = report.Problem ?? _refused });
            }

            var (outcome, problem) = await PushAsync(
                [.. paths.Select(path => new TreeChange(path, null))], $"{paths.Count} files pruned", cancellationToken);
            if (outcome != PushOutcome.Stale || _time.GetElapsedTime(began) > Race)
            {
                return Told(report with
                {
                    Sent = outcome == PushOutcome.Accepted ? paths.Count : 0,
                    Reached = outcome is PushOutcome.Accepted or PushOutcome.Refused, ReadOnly = outcome == PushOutcome.Refused,
                    Problem = problem
                });
            }

            await PauseAsync(attempt, _time.GetElapsedTime(started), cancellationToken);
        }
    }

    /// <summary>Whether this machine's copy of the branch had to be made anew since the last call.</summary>
    internal bool TakeHealed() => _branch.TakeRemade();

    private async Task<(SyncReport Report, bool Ended)> TryPublishAsync(SyncReport report, CancellationToken cancellationToken)
    {
        var shared = await _takeover.SharedAsync(cancellationToken);
        var paths = await _pending.PathsAsync(shared, cancellationToken);
        if (!report.Reached || _refused != null || paths.Count == 0)
        {
            return (report with { Unsent = paths.Count, ReadOnly = _refused != null, Problem = report.Problem ?? _refused }, true);
        }

        var outgoing = await _pending.CollectAsync(paths, shared, cancellationToken);
        var tried = report with
        {
            Oversized = outgoing.Oversized, Findings = [.. report.Findings, .. outgoing.Problems], Unsent = paths.Count - outgoing.Facts
        };
        if (outgoing.Facts == 0)
        {
            return (tried, true);
        }

        var (outcome, problem) = await PushAsync(
            outgoing.Changes, string.Create(CultureInfo.InvariantCulture, $"{outgoing.Facts} facts"), cancellationToken);
        switch (outcome)
        {
            case PushOutcome.Accepted:
                return (tried with { Sent = outgoing.Facts, BlobsSent = outgoing.BlobsSent }, true);
            case PushOutcome.Refused:
                _refused = problem;
                return (tried with { ReadOnly = true, Problem = problem, Unsent = paths.Count }, true);
            case PushOutcome.Unreachable:
                return (tried with { Reached = false, Problem = problem, Unsent = paths.Count }, true);
            default:
                return (report with { Unsent = paths.Count }, false);
        }
    }

    private async Task<(PushOutcome Outcome, string? Problem)> PushAsync(
        IReadOnlyList<TreeChange> changes, string message, CancellationToken cancellationToken)
    {
        var head = await _branch.MergedAsync(cancellationToken);
        var commit = await _branch.CommitAsync(head, changes, _options.Actor, message + "\n", _time.GetUtcNow(), cancellationToken);
        var pushed = await _branch.PushAsync(commit, head, cancellationToken);
        if (pushed.Outcome == PushOutcome.Accepted)
        {
            await _takeover.AgreeAsync(commit, cancellationToken);
            await _branch.TidyAsync(cancellationToken);
        }

        return pushed;
    }

    // A random pause, as long as the attempt took or a few times that, keeps builds that collided from colliding again.
    private Task PauseAsync(int attempt, TimeSpan took, CancellationToken cancellationToken) =>
        Task.Delay(took * (Math.Min(attempt, LongestPause) * _jitter.NextDouble()), _time, cancellationToken);

    private SyncReport Told(SyncReport report)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }

        return report;
    }

    private static SortedDictionary<string, int> ByKind(IEnumerable<string> paths, int entries = 0)
    {
        var kinds = new SortedDictionary<string, int>(
            paths.Where(path => path.Contains('/', StringComparison.Ordinal))
                .CountBy(path => path[..path.IndexOf('/', StringComparison.Ordinal)])
                .ToDictionary(),
            StringComparer.Ordinal);
        if (entries > 0)
        {
            kinds[LocalFacts.AuditFolder.TrimEnd('/')] = entries;
        }

        return kinds;
    }

    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        var held = await _store.LockAsync("sync", Race, cancellationToken);
        try
        {
            await _branch.MendAsync(cancellationToken);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}

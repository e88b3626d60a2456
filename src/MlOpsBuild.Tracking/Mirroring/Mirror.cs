using MlOpsBuild.Core;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Versions;
using MlOpsBuild.Tracking.Rest;
using static System.FormattableString;

namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>
/// Mirrors runs, versions and aliases of a store to an MLflow server. Whatever is sent may be sent again: runs are found by a tag with our
/// name of them, versions by their bundle. What was cut short waits, and goes on the next time where it stopped.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="server">The server.</param>
/// <param name="time">The clock of pauses.</param>
public sealed class Mirror(MlOpsStore store, TrackingServer server, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Mirrors what is not there yet. A server that refuses is told of in the report, and no failure.</summary>
    /// <exception cref="StageFailedException">Another build mirrors, or the store cannot be written.</exception>
    public async Task<MirrorReport> RunAsync(MirrorScope scope, CancellationToken cancellationToken)
    {
        using var held = await store.LockAsync("mlflow", Patience, cancellationToken);
        var (memory, report) = (await MirrorMemory.ReadAsync(MemoryFile, cancellationToken), new MirrorReport());
        var work = await RunsOfAsync(scope, memory, cancellationToken);
        memory.Waiting.UnionWith(work.Select(run => run.Id));
        await memory.SaveAsync(MemoryFile, cancellationToken);
        using var rest = new RestConnection(server, time);
        var (runs, sent) = (new RunMirror(store, rest, report), new HashSet<string>());
        var unsent = scope.TakesVersions ? await VersionsOfAsync(work, cancellationToken) : [];
        try
        {
            if (await SendRunsAsync(scope, work, runs, sent, report, cancellationToken) && scope.TakesVersions)
            {
                await SendVersionsAsync(scope, work, new(store, rest, runs, memory, report), unsent, memory, report, cancellationToken);
            }
        }
        finally
        {
            // A run whose version has not arrived is not done.
            memory.Waiting.ExceptWith(sent.Except(unsent.Select(version => version.Run)));
            report.Waiting = memory.Waiting.Count;
            await memory.SaveAsync(MemoryFile, CancellationToken.None);
        }

        return report;
    }

    /// <summary>Lets runs wait for the next time: this build has none.</summary>
    public async Task PostponeAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        using var held = await store.LockAsync("mlflow", Patience, cancellationToken);
        var memory = await MirrorMemory.ReadAsync(MemoryFile, cancellationToken);
        memory.Waiting.UnionWith(runs);
        await memory.SaveAsync(MemoryFile, cancellationToken);
    }

    private string MemoryFile => Path.Combine(
        store.Folder, "cache", "mlflow", $"{Digest.Of(server.Address.AbsoluteUri).Abbreviated}.json");

    private async Task<IReadOnlyList<RunRecord>> RunsOfAsync(
        MirrorScope scope, MirrorMemory memory, CancellationToken cancellationToken)
    {
        var records = new SortedDictionary<string, RunRecord>(StringComparer.Ordinal);
        foreach (var id in (scope.Runs ?? []).Union(memory.Waiting).ToList())
        {
            if (await store.Runs.FindAsync(id, cancellationToken) is { } record && RunFacts.Has(record))
            {
                records[id] = record;
            }
            else
            {
                // It was pruned, or took no data in.
                memory.Waiting.Remove(id);
            }
        }

        foreach (var pipeline in scope.Runs == null ? scope.Pipelines : [])
        {
            foreach (var record in (await store.Runs.OfAsync(pipeline, cancellationToken)).Where(RunFacts.Has))
            {
                records[record.Id] = record;
            }
        }

        return [.. records.Values];
    }

    private async Task<HashSet<(string Run, int Number)>> VersionsOfAsync(
        IReadOnlyList<RunRecord> work, CancellationToken cancellationToken)
    {
        var (made, versions) = (work.Select(run => run.Id).ToHashSet(), new HashSet<(string Run, int Number)>());
        foreach (var pipeline in work.Select(run => run.Pipeline).Distinct(StringComparer.Ordinal))
        {
            versions.UnionWith(
                (await store.Versions(pipeline).AllAsync(cancellationToken))
                    .Where(version => made.Contains(version.Run)).Select(version => (version.Run, version.Number)));
        }

        return versions;
    }

    // False when nothing more can be sent.
    private static async Task<bool> SendRunsAsync(
        MirrorScope scope, IReadOnlyList<RunRecord> work, RunMirror runs, HashSet<string> sent, MirrorReport report,
        CancellationToken cancellationToken)
    {
        foreach (var pipeline in work.GroupBy(run => run.Pipeline, StringComparer.Ordinal))
        {
            if (scope.Runs == null
                && !await TryAsync(pipeline.Key, token => runs.SurveyAsync(pipeline.Key, token), report, cancellationToken))
            {
                return false;
            }

            foreach (var run in pipeline)
            {
                if (!await TryAsync($"run {run.Id}", token => SendAsync(run, token), report, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;

        async Task SendAsync(RunRecord run, CancellationToken token)
        {
            await runs.SendAsync(run, token);
            sent.Add(run.Id);
        }
    }

    private async Task SendVersionsAsync(
        MirrorScope scope, IReadOnlyList<RunRecord> work, VersionMirror versions, HashSet<(string Run, int Number)> unsent,
        MirrorMemory memory, MirrorReport report, CancellationToken cancellationToken)
    {
        foreach (var pipeline in scope.Pipelines.Concat(work.Select(run => run.Pipeline)).Distinct(StringComparer.Ordinal))
        {
            var all = await store.Versions(pipeline).AllAsync(cancellationToken);
            foreach (var version in all.Where(version => scope.Runs == null || unsent.Contains((version.Run, version.Number))))
            {
                if (!await SendAsync(version, pipeline))
                {
                    return;
                }
            }

            if (!await TryAsync($"aliases of {pipeline}", token => AliasesAsync(pipeline, token), report, cancellationToken))
            {
                return;
            }
        }

        Task<bool> SendAsync(ModelVersion version, string pipeline) => TryAsync(
            Invariant($"{pipeline} v{version.Number}"),
            async token =>
            {
                await versions.SendAsync(pipeline, version, token);
                unsent.Remove((version.Run, version.Number));
            },
            report, cancellationToken);

        async Task AliasesAsync(string pipeline, CancellationToken token)
        {
            try
            {
                await versions.AliasesAsync(pipeline, asks: scope.Runs == null, token);
            }
            catch (TrackingRefusedException gone) when (gone.IsMissing)
            {
                // A version that is remembered was deleted there: it is looked for again, and registered anew.
                memory.Forget(pipeline);
                await versions.AliasesAsync(pipeline, asks: true, token);
            }
        }
    }

    // True when what comes next may be tried.
    private static async Task<bool> TryAsync(
        string what, Func<CancellationToken, Task> send, MirrorReport report, CancellationToken cancellationToken)
    {
        try
        {
            await send(cancellationToken);
            return true;
        }
        catch (TrackingRefusedException refused)
        {
            report.Fail(refused.IsOfEverything ? refused.Message : $"{what}: {refused.Message}");
            return !refused.IsOfEverything;
        }
        catch (StageFailedException refused)
        {
            report.Fail(refused.Message);
            return true;
        }
    }
}

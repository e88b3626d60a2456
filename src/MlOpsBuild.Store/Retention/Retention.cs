using MlOpsBuild.Core;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Retention;

/// <summary>Takes away what a policy does not keep: from the team's branch first, then from this machine.</summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock that ages are measured by.</param>
/// <param name="running">Versions that run on this machine, whether or not a fact names them yet.</param>
public sealed class Retention(MlOpsStore store, TimeProvider time, IReadOnlyCollection<(string Pipeline, int Version)>? running = null)
{
    /// <summary>What would go; nothing is changed.</summary>
    public Task<RetentionPlan> PlanAsync(RetentionPolicy policy, CancellationToken cancellationToken) =>
        new RetentionPlanner(store, policy, time.GetUtcNow(), running ?? []).PlanAsync(cancellationToken);

    /// <summary>Takes it away; what went.</summary>
    /// <exception cref="StageFailedException">The team's state could not be changed; nothing was taken away here either.</exception>
    public async Task<RetentionPlan> ApplyAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        if (store.Team is { } team)
        {
            var published = await team.PublishAsync(cancellationToken);
            var report = published is { Reached: true, ReadOnly: false, Unsent: 0 }
                ? await team.RemoveAsync(async (shared, token) => Paths(await PlanAsync(policy, token), shared), cancellationToken)
                : published;
            if (!report.Reached || report.ReadOnly || report.Unsent > 0)
            {
                throw new StageFailedException(new Finding(
                    "MLB4016", "The team's state cannot be pruned now", "Prune", report.Problem, "a remote that answers and may be written",
                    "run it again later; nothing was taken away"));
            }
        }

        var plan = await PlanAsync(policy, cancellationToken);
        var facts = new LocalFacts(store.Folder);
        foreach (var path in plan.Facts)
        {
            facts.Delete(path);
        }

        foreach (var digest in plan.Blobs)
        {
            File.Delete(store.Blobs.PathOf(digest));
        }

        foreach (var report in plan.Reports.Select(report => Path.Combine(store.Folder, report)).Where(Directory.Exists))
        {
            Directory.Delete(report, recursive: true);
        }

        return plan;
    }

    // On the branch everything goes that nothing kept names, also what this machine never fetched.
    private static IReadOnlyList<string> Paths(RetentionPlan plan, IReadOnlyDictionary<string, string> shared)
    {
        var needed = plan.Needed?.Select(digest => LocalFacts.BlobPath(digest.Hex)).ToHashSet();
        return [.. plan.Facts, .. shared.Keys.Where(
            path => needed != null && path.StartsWith(LocalFacts.BlobFolder, StringComparison.Ordinal) && !needed.Contains(path))];
    }
}

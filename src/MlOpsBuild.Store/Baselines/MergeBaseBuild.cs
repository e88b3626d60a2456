using MlOpsBuild.Core;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Baselines;

/// <summary>Tests the commit a change starts from, by that commit's own build in a checkout of its own, and takes the run over.</summary>
/// <param name="store">The store that takes the run over.</param>
/// <param name="root">The checkout of the change.</param>
/// <param name="variables">The caller's environment.</param>
/// <param name="time">The clock.</param>
public sealed class MergeBaseBuild(MlOpsStore store, string root, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    /// <summary>Tests <paramref name="commit"/> on the data of <paramref name="run"/>.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="run">The run of the change: its pipeline, data and parameters are used.</param>
    /// <param name="lines">What the build prints.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>Why there is no run; null when there is.</returns>
    public Task<string?> RunAsync(string commit, RunRecord run, IProgress<string> lines, CancellationToken cancellationToken) =>
        new CommitBuild(root, variables, time).RunAsync(
            commit, "merge-base",
            [
                "TestModel",
                .. CommitBuild.ArgumentsOf(run, run.Simulated || run.DataSource == null ? null : Path.GetFullPath(run.DataSource, root)),
            ],
            record => record.Evidence != null, (folder, tested) => TakeOverAsync(folder, tested, cancellationToken), lines,
            cancellationToken);

    // Content first: a run whose content is missing would be a broken fact.
    private async Task TakeOverAsync(string folder, RunRecord tested, CancellationToken cancellationToken)
    {
        var theirs = MlOpsStore.At(folder, time);
        foreach (var digest in BlobReferences.In(CanonicalJson.Serialize(tested)).Where(digest => theirs.Blobs.Contains(digest)))
        {
            await store.Blobs.PutFileAsync(theirs.Blobs.PathOf(digest), cancellationToken);
        }

        await store.Runs.SaveAsync(tested, cancellationToken);
    }
}

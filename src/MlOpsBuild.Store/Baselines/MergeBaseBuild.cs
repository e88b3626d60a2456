using System.Diagnostics;
using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Runs;
using MlOpsBuild.Store.Sharing;

namespace MlOpsBuild.Store.Baselines;

/// <summary>
/// Tests the commit a change starts from, by that commit's own build in a checkout of its own, and takes the run over. The build shares
/// and publishes nothing: it sees none of the build server's variables.
/// </summary>
/// <param name="store">The store that takes the run over.</param>
/// <param name="root">The checkout of the change.</param>
/// <param name="variables">The caller's environment.</param>
/// <param name="time">The clock.</param>
public sealed class MergeBaseBuild(MlOpsStore store, string root, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    private static readonly string[] HostVariables = ["CI", "CI_", "GITHUB_", "GITLAB_", "RUNNER_", "MLOPS_"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Tests <paramref name="commit"/> on the data of <paramref name="run"/>.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="run">The run of the change: its pipeline, data and parameters are used.</param>
    /// <param name="lines">What the build prints.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>Why there is no run; null when there is.</returns>
    public async Task<string?> RunAsync(string commit, RunRecord run, IProgress<string> lines, CancellationToken cancellationToken)
    {
        if (commit.Length == 0 || !commit.All(char.IsAsciiHexDigit))
        {
            return $"'{commit}' is no commit";
        }

        var git = new GitProgram(variables, [], root, time);
        var folder = Path.Combine(root, ".nuke", "temp", "merge-base", commit);
        if (!(await git.RunAsync(["cat-file", "-e", commit + "^{commit}"], cancellationToken)).Succeeded)
        {
            // A shallow clone does not have it.
            await git.RunAsync(
                ["fetch", "--quiet", "--depth=1", "origin", commit], ReadOnlyMemory<byte>.Empty, Patience, cancellationToken);
        }

        await git.RunAsync(["worktree", "remove", "--force", folder], cancellationToken);
        var added = await git.RunAsync(["worktree", "add", "--quiet", "--detach", folder, commit], cancellationToken);
        if (!added.Succeeded)
        {
            return $"it cannot be checked out: {added.Reason}";
        }

        try
        {
            var code = await BuildAsync(folder, run, lines, cancellationToken);
            var tested = await MlOpsStore.At(folder, time)
                .Runs.LatestAsync(run.Pipeline, record => record.Evidence != null && record.Source?.Commit == commit, cancellationToken);
            if (tested == null)
            {
                return $"its build ended with exit code {code} before the model was tested";
            }

            await TakeOverAsync(folder, tested, cancellationToken);
            return null;
        }
        finally
        {
            await git.RunAsync(["worktree", "remove", "--force", folder], CancellationToken.None);
        }
    }

    private async Task<int> BuildAsync(string folder, RunRecord run, IProgress<string> lines, CancellationToken cancellationToken)
    {
        string[] data = run.Simulated || run.DataSource == null ? [] : ["--data", Path.GetFullPath(run.DataSource, root)];
        string[] set = run.Parameters.Count == 0 ? [] : ["--set", .. run.Parameters.Select(pair => $"{pair.Key}={pair.Value}")];
        string[] arguments = ["TestModel", "--pipeline", run.Pipeline, .. data, .. set];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", Path.Combine(folder, "build.cmd"), .. arguments])
            : new ProcessStartInfo(Path.Combine(folder, "build.sh"), arguments);
        start.WorkingDirectory = folder;
        start.Environment.Clear();
        foreach (var (name, value) in variables.Where(variable => !HostVariables.Any(host => host.EndsWith('_')
            ? variable.Key.StartsWith(host, StringComparison.Ordinal)
            : variable.Key == host)))
        {
            start.Environment[name] = value;
        }

        return await RelayedProcess.RunAsync(start, lines, killsChildren: true, cancellationToken);
    }

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

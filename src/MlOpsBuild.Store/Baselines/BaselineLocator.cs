using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Store.Baselines;

/// <summary>
/// Finds what a change is compared with: the commit it starts from, by the build server or by git, and the run that tested that
/// commit on the same data. Trains nothing; where no run is known, it says how to get one. In a shallow clone it fetches the history that
/// it needs.
/// </summary>
/// <param name="root">The checkout.</param>
/// <param name="variables">Environment of git.</param>
/// <param name="time">The clock.</param>
public sealed class BaselineLocator(string root, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    private const int ShownCommit = 12;
    private static readonly string[] UsualBranches = ["main", "master"];
    private readonly GitProgram _git = new(variables, [], root, time);

    /// <summary>The baseline of <paramref name="run"/>.</summary>
    /// <param name="run">The run of the change.</param>
    /// <param name="others">Other tested runs of its pipeline, newest first.</param>
    /// <param name="question">What is known before git is asked.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public async Task<ChangeBaseline> FindAsync(
        RunRecord run, IReadOnlyList<RunRecord> others, BaselineQuestion question, CancellationToken cancellationToken)
    {
        if (run.Source is not { } source)
        {
            return ChangeBaseline.None;
        }

        var (commit, branch) = question.Commit != null
            ? (question.Commit, question.Branch)
            : await AskGitAsync(source, question.Branch, cancellationToken);
        if (branch == null && commit == null)
        {
            return ChangeBaseline.None;
        }

        var last = branch == null ? null : others.FirstOrDefault(other => other.Source?.Branch == branch);
        if (commit == null)
        {
            return new(
                null, branch, null, last, $"where the change leaves {branch} is not in this clone: fetch more of it (fetch-depth: 0)");
        }

        // On the trunk itself there is no change to look at.
        if (commit == source.Commit)
        {
            return ChangeBaseline.None with { Branch = branch, LastOnBranch = last };
        }

        var tested = others.Where(other => other.Source?.Commit == commit).ToList();
        var comparable = tested.Find(other => other.Data == run.Data && other.Contract == run.Contract);
        return new(commit, branch, comparable, last, comparable != null ? null : tested.Count > 0
            ? $"{Short(commit)} was tested on other data ({tested[0].Data?.Abbreviated})"
            : $"no test of {Short(commit)} is known here: Report --train-merge-base tests it first; or run ./build.sh TestModel on it, with --remote git to share it");
    }

    private static string Short(string commit) => commit[..Math.Min(ShownCommit, commit.Length)];

    private async Task<(string? Commit, string? Branch)> AskGitAsync(
        SourceRevision source, string? branch, CancellationToken cancellationToken)
    {
        foreach (var candidate in branch != null ? [branch] : UsualBranches.Where(usual => usual != source.Branch))
        {
            foreach (var reference in (string[])[$"refs/remotes/origin/{candidate}", $"refs/heads/{candidate}"])
            {
                if (await TextAsync(["rev-parse", "--verify", "--quiet", reference], cancellationToken) is { Length: > 0 })
                {
                    return (await MergeBase.FindAsync(_git, source.Commit, candidate, reference, cancellationToken), candidate);
                }
            }
        }

        return (null, branch);
    }

    private Task<string?> TextAsync(string[] arguments, CancellationToken cancellationToken) =>
        MergeBase.AskAsync(_git, arguments, cancellationToken);
}

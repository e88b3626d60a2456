using MlOpsBuild.Core;
using MlOpsBuild.Store.Git;

namespace MlOpsBuild.Store.Runs;

/// <summary>What a change consists of, by git.</summary>
public static class ChangedFiles
{
    /// <summary>
    /// Files of the checkout that are not as they were where the change left <paramref name="reference"/>: committed, uncommitted, new and
    /// deleted ones, relative to <paramref name="root"/>, in order. Files that git ignores do not count, nor what builds leave in .mlops.
    /// </summary>
    /// <param name="root">The project.</param>
    /// <param name="reference">A branch (of origin, where there is none here), tag or commit.</param>
    /// <param name="variables">The environment's variables.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="UsageException">git does not know it, or not where the change left it.</exception>
    public static async Task<IReadOnlyList<string>> SinceAsync(
        string root, string reference, IReadOnlyDictionary<string, string> variables, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var git = new GitProgram(variables, [], root, time);
        var candidates = reference.StartsWith('-') ? [] : (string[])[reference, $"refs/remotes/origin/{reference}"];
        foreach (var candidate in candidates)
        {
            if (await MergeBase.AskAsync(git, ["rev-parse", "--verify", "--quiet", candidate + "^{commit}"], cancellationToken)
                is { Length: > 0 } tip)
            {
                return await MergeBase.AskAsync(git, ["rev-parse", "HEAD"], cancellationToken) is { Length: > 0 } head
                    && await MergeBase.FindAsync(git, head, reference, tip, cancellationToken) is { } start
                    ? await ListAsync(git, start, cancellationToken)
                    : throw new UsageException(new Finding(
                        "MLB4039", "Where the change leaves it is not in this clone", "--affected-by", reference, "a common history",
                        "fetch more of it (fetch-depth: 0)"));
            }
        }

        throw new UsageException(new Finding(
            "MLB4040", "git does not know this", "--affected-by", reference, "a branch, tag or commit",
            "correct it, or fetch it first (fetch-depth: 0)"));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(GitProgram git, string start, CancellationToken cancellationToken)
    {
        var changed = await git.RunAsync(["diff", "--name-only", "--no-renames", "--relative", "-z", start, "--", "."], cancellationToken);
        var added = await git.RunAsync(["ls-files", "--others", "--exclude-standard", "-z", "--", "."], cancellationToken);
        return changed.Succeeded && added.Succeeded
            ? [.. (changed.Text + added.Text).Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => !file.StartsWith(".mlops/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)]
            : throw new StageFailedException(new Finding(
                "MLB4041", "git does not list what changed", start, (changed.Error + added.Error).Trim(), "a list of files",
                "repair the repository, or leave --affected-by out"));
    }
}

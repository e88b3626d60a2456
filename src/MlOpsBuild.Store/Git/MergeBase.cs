using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Git;

/// <summary>Where a change leaves a branch; a shallow clone fetches the history that this needs.</summary>
internal static class MergeBase
{
    private const string Deeper = "--deepen=1000";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The commit; null where this clone does not have it.</summary>
    /// <param name="git">The repository's git.</param>
    /// <param name="commit">The change.</param>
    /// <param name="name">The branch's name at origin.</param>
    /// <param name="reference">What the branch is called here.</param>
    /// <param name="cancellationToken">Stops git.</param>
    public static async Task<string?> FindAsync(
        GitProgram git, string commit, string name, string reference, CancellationToken cancellationToken)
    {
        if (await AskAsync(git, ["merge-base", commit, reference], cancellationToken) is { Length: > 0 } found)
        {
            return found;
        }

        if (await AskAsync(git, ["rev-parse", "--is-shallow-repository"], cancellationToken) != "true")
        {
            return null;
        }

        await AskAsync(
            git, ["fetch", "--quiet", Deeper, "origin", commit, $"+refs/heads/{name}:refs/remotes/origin/{name}"], cancellationToken);
        return await AskAsync(git, ["merge-base", commit, reference], cancellationToken) is { Length: > 0 } deeper ? deeper : null;
    }

    /// <summary>What git says; null where it fails, does not answer, or is not installed: whoever asks can do without.</summary>
    public static async Task<string?> AskAsync(GitProgram git, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await git.RunAsync(arguments, ReadOnlyMemory<byte>.Empty, Patience, cancellationToken);
            return answer.Succeeded ? answer.Text.Trim() : null;
        }
        catch (UsageException)
        {
            return null;
        }
    }
}

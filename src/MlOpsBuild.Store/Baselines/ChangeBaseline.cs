using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Store.Baselines;

/// <summary>What a change is compared with, beside the champion: the commit it starts from.</summary>
/// <param name="Commit">The merge base; null when it cannot be told.</param>
/// <param name="Branch">The branch the change goes to; null when it cannot be told.</param>
/// <param name="Run">The newest tested run of that commit on the same data; null when none is known.</param>
/// <param name="LastOnBranch">The newest tested run on the branch; null when none is known.</param>
/// <param name="Missing">Why there is no run, and what to do; null when there is one, or nothing to compare with.</param>
public sealed record ChangeBaseline(string? Commit, string? Branch, RunRecord? Run, RunRecord? LastOnBranch, string? Missing)
{
    /// <summary>No change is being looked at.</summary>
    public static ChangeBaseline None { get; } = new(null, null, null, null, null);
}

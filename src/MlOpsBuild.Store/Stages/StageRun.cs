using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Stages;

/// <summary>A stage's result and how it was come by.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Key">The digest of everything the result depends on.</param>
/// <param name="Result">What the stage returned.</param>
/// <param name="Outputs">Files it wrote, by name.</param>
/// <param name="Restored">True when the result came from the cache.</param>
/// <param name="Reason">Why it ran, or null when it was restored.</param>
/// <param name="Took">Time taken now.</param>
/// <param name="OriginallyTook">Time taken when it last ran.</param>
public sealed record StageRun<TResult>(
    string Stage,
    Digest Key,
    TResult Result,
    IReadOnlyDictionary<string, Artifact> Outputs,
    bool Restored,
    string? Reason,
    TimeSpan Took,
    TimeSpan OriginallyTook)
{
    /// <summary>Whether it was restored, run all the same, and gave the same result.</summary>
    public bool Verified { get; init; }
}

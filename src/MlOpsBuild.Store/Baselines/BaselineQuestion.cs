namespace MlOpsBuild.Store.Baselines;

/// <summary>What is known of a change before git is asked.</summary>
/// <param name="Commit">The merge base, where the build server says it.</param>
/// <param name="Branch">The branch the change goes to, where the build server says it.</param>
public sealed record BaselineQuestion(string? Commit, string? Branch);

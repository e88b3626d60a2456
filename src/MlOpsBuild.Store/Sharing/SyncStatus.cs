namespace MlOpsBuild.Store.Sharing;

/// <summary>Both sides of the team's state.</summary>
/// <param name="Remote">The remote's address.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Reached">Whether it answered.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Unsent">Facts only this machine has, by kind.</param>
/// <param name="Unreceived">Facts this machine does not have yet, by kind.</param>
/// <param name="Shared">Facts on the branch, by kind.</param>
/// <param name="LastAgreed">When both sides last agreed, UTC; null before the first time.</param>
public sealed record SyncStatus(
    string Remote,
    string Branch,
    bool Reached,
    string? Problem,
    IReadOnlyDictionary<string, int> Unsent,
    IReadOnlyDictionary<string, int> Unreceived,
    IReadOnlyDictionary<string, int> Shared,
    DateTimeOffset? LastAgreed);

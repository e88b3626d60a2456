namespace MlOpsBuild.Online;

/// <summary>What an online store has of a feature view.</summary>
/// <param name="Snapshot">The digest of the snapshot that the values come from.</param>
/// <param name="At">When they were written.</param>
/// <param name="Count">Keys that have a value.</param>
/// <param name="Columns">The view's columns that values are in the order of.</param>
public sealed record OnlineState(string Snapshot, DateTimeOffset At, int Count, IReadOnlyList<string> Columns)
{
    /// <summary>When the newest of the values was true; null where there is none.</summary>
    public DateTimeOffset? Newest { get; init; }
}

namespace MlOpsBuild.Data.Summaries;

/// <summary>What a thread needs to look at batches of rows, one after the other.</summary>
/// <param name="columns">How many columns they have.</param>
internal sealed class BatchMemory(int columns)
{
    private readonly ObservedRows[] _observed = [.. Enumerable.Range(0, columns).Select(_ => new ObservedRows())];

    /// <summary>What the columns held.</summary>
    public IReadOnlyList<ObservedRows> Observed => _observed;

    /// <summary>Keys of some cells.</summary>
    public KeyBlock Keys { get; } = new();

    /// <summary>Plain numbers among some cells.</summary>
    public SoundNumbers Sound { get; } = new();
}

using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>Two tables whose rows are compared.</summary>
/// <param name="Before">The files before, in order.</param>
/// <param name="Now">The files now.</param>
public sealed record RowComparisonInput(IReadOnlyList<TableFile> Before, IReadOnlyList<TableFile> Now)
{
    /// <summary>Columns that say which row is which; a key that somebody named is taken as it is.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string>? Key { get; init; }

    /// <summary>
    /// Keys to try where none was named, best first: the first one that no two rows of before share is taken, and
    /// without one rows are compared whole.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<IReadOnlyList<string>> LikelyKeys { get; init; } = [];

    /// <summary>Columns whose values are never shown, beside those whose names tell of persons.</summary>
    /// <value>None.</value>
    public IReadOnlyCollection<string> Hidden { get; init; } = [];

    /// <summary>Rows that differ shown of each kind.</summary>
    /// <value>5.</value>
    public int Examples { get; init; } = 5;

    /// <summary>Bytes that rows of before may take in memory; where there are more, the files are read several times.</summary>
    /// <value>160 MiB.</value>
    public long MostBytes { get; init; } = 160L << 20;
}

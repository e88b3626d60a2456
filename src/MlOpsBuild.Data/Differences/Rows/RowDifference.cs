namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>How the rows of two tables differ.</summary>
/// <param name="RowsBefore">Rows before.</param>
/// <param name="Rows">Rows now.</param>
/// <param name="Key">The columns that say which row is which; empty where rows are compared whole, so that a changed row is one
/// removed and one added.</param>
/// <param name="Added">Rows that were not there before.</param>
/// <param name="Removed">Rows that are gone.</param>
/// <param name="Changed">Rows with the same key and another value.</param>
/// <param name="Columns">Changed cells column by column, most first; columns without any are left out.</param>
public sealed record RowDifference(
    long RowsBefore, long Rows, IReadOnlyList<string> Key, long Added, long Removed, long Changed, IReadOnlyList<ChangedColumn> Columns)
{
    /// <summary>Rows that are as they were.</summary>
    public long Unchanged => Rows - Added - Changed;

    /// <summary>Rows of both whose key another row had before: they are compared in their order.</summary>
    public long Repeated { get; init; }

    /// <summary>Rows of both that could not be read, and so were not compared.</summary>
    public long Broken { get; init; }

    /// <summary>Columns that are new.</summary>
    public IReadOnlyList<string> NewColumns { get; init; } = [];

    /// <summary>Columns that are gone.</summary>
    public IReadOnlyList<string> GoneColumns { get; init; } = [];

    /// <summary>The first of the rows that differ.</summary>
    public IReadOnlyList<RowExample> Examples { get; init; } = [];
}

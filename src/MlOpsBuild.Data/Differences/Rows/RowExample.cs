namespace MlOpsBuild.Data.Differences.Rows;

/// <summary>A row that differs.</summary>
/// <param name="Kind">How.</param>
/// <param name="Place">File and line: of a row that is gone where it was, of others where they are.</param>
/// <param name="Cells">Of a changed row the key and what changed, of others all cells that both tables have; values of
/// persons are not shown.</param>
public sealed record RowExample(RowChange Kind, string Place, IReadOnlyList<CellExample> Cells);

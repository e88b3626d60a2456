using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Expectations;

/// <summary>The value of a column.</summary>
/// <param name="Column">Its name.</param>
public sealed record ColumnValue(string Column) : RowFormula
{
    internal override double Of(DataTable table, int row) => table.Columns[Column][row];
}

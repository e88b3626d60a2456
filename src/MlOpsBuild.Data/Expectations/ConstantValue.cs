using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Expectations;

/// <summary>A number; of a category its place in the list, of a date its day number.</summary>
/// <param name="Value">It.</param>
public sealed record ConstantValue(double Value) : RowFormula
{
    internal override double Of(DataTable table, int row) => Value;
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>No two rows have the same values in these columns.</summary>
/// <param name="Columns">The columns.</param>
public sealed record KeyExpectation(IReadOnlyList<string> Columns) : Expectation
{
    internal override Finding? Check(DataTable table)
    {
        var columns = Columns.Select(table.Values).ToList();
        var (seen, repeated) = (new HashSet<string>(StringComparer.Ordinal), new List<int>());
        for (var row = 0; row < table.Rows; row++)
        {
            if (!seen.Add(string.Join(' ', columns.Select(column => BitConverter.DoubleToInt64Bits(column[row])))))
            {
                repeated.Add(row);
            }
        }

        return repeated.Count == 0 ? null : new(
            "MLB1020", Columns.Count == table.Contract.Columns.Count ? "Repeated rows" : "Repeated key",
            $"columns {string.Join(", ", Columns)}", Invariant($"{repeated.Count} rows, first {PlaceOf(table, repeated[0])}"),
            "each combination once", "remove the repeated rows");
    }
}

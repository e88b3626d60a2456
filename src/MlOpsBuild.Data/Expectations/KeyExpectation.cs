using System.Text.Json.Serialization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>No two rows have the same values in these columns.</summary>
/// <param name="Columns">The columns.</param>
public sealed record KeyExpectation(IReadOnlyList<string> Columns) : Expectation
{
    /// <summary>Whether whole rows are compared: then two without a value are alike there, while a key without one is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OfRows { get; init; }

    internal override Finding? Check(DataTable table)
    {
        var columns = Columns.Select(table.Values).ToList();
        var (seen, repeated) = (new HashSet<string>(StringComparer.Ordinal), new List<int>());
        for (var row = 0; row < table.Rows; row++)
        {
            if ((OfRows || !columns.Exists(column => double.IsNaN(column[row])))
                && !seen.Add(string.Join(' ', columns.Select(column => BitConverter.DoubleToInt64Bits(column[row] + 0.0)))))
            {
                repeated.Add(row);
            }
        }

        return repeated.Count == 0 ? null : new(
            "MLB1020", OfRows ? "Repeated rows" : "Repeated key",
            $"columns {string.Join(", ", Columns)}", Invariant($"{repeated.Count} rows, first {PlaceOf(table, repeated[0])}"),
            "each combination once", "remove the repeated rows");
    }
}

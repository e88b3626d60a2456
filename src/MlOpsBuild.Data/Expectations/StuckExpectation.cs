using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>A column does not keep one value for long: a sensor that hangs does.</summary>
/// <param name="Column">The column.</param>
/// <param name="AtMost">How many rows one after the other may have the same value.</param>
public sealed record StuckExpectation(string Column, int AtMost) : Expectation
{
    internal override Finding? Check(DataTable table)
    {
        var (values, runs, from) = (table.Columns[Column], new List<(int From, int Rows)>(), 0);
        for (var row = 1; row <= table.Rows; row++)
        {
            if (row == table.Rows || !values[row].Equals(values[from]))
            {
                if (row - from > AtMost && !double.IsNaN(values[from]))
                {
                    runs.Add((from, row - from));
                }

                from = row;
            }
        }

        return runs.Count == 0 ? null : new(
            "MLB1025", "Stuck values", $"column {Column}",
            Invariant($"{runs.Sum(run => run.Rows)} rows in {runs.Count} runs, longest {runs.Max(run => run.Rows)} from {PlaceOf(table, runs.MaxBy(run => run.Rows).From)} on"),
            Invariant($"at most {AtMost} rows with the same value"), "look at what measures it");
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Of a column whose values may be missing, few are.</summary>
/// <param name="Column">The column.</param>
/// <param name="AtMost">The share that may be missing, in [0, 1).</param>
public sealed record MissingExpectation(string Column, double AtMost) : Expectation
{
    internal override Finding? Check(DataTable table)
    {
        var missing = table.Values(Column).Count(double.IsNaN);
        return missing <= AtMost * table.Rows ? null : new(
            "MLB1021", "Too many missing values", $"column {Column}",
            Invariant($"{missing} of {table.Rows}, {(double)missing / table.Rows:0.###%}"), Invariant($"at most {AtMost:0.###%}"),
            "look at what left them out");
    }
}

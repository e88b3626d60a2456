using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Something that holds in every row; where a value is missing nothing is said.</summary>
/// <param name="Words">What, in words.</param>
/// <param name="Holds">The same as a formula of the row's columns; 0 where it does not hold.</param>
public sealed record RelationExpectation(string Words, RowFormula Holds) : Expectation
{
    internal override Finding? Check(DataTable table)
    {
        List<int> broken = [.. Enumerable.Range(0, table.Rows).Where(row => Holds.Of(table, row) == 0)];
        return broken.Count == 0 ? null : new(
            "MLB1022", "A rule is broken", Words, Invariant($"{broken.Count} rows, first {PlaceOf(table, broken[0])}"), "no row",
            "correct the rows, or the rule");
    }
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>How many rows there are.</summary>
/// <param name="AtLeast">Fewest.</param>
/// <param name="AtMost">Most; null for any number.</param>
public sealed record RowsExpectation(int AtLeast, int? AtMost) : Expectation
{
    internal override Finding? Check(DataTable table) => table.Rows >= AtLeast && !(table.Rows > AtMost) ? null : new(
        "MLB1023", "Number of rows", null, Invariant($"{table.Rows}"),
        Invariant($"{AtLeast} to {(AtMost is { } most ? Invariant($"{most}") : "any number")}"),
        "look whether files are missing, or there twice");
}

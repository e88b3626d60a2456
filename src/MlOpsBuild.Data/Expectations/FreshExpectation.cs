using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>
/// The newest row is not old. It depends on when the build runs, not on the rows alone: every run checks it, restored or not.
/// </summary>
/// <param name="Within">How old the newest row may be.</param>
public sealed record FreshExpectation(TimeSpan Within) : Expectation
{
    /// <summary>What is wrong at a time; null where nothing is.</summary>
    /// <param name="newest">Time of the newest row, as its clock shows it.</param>
    /// <param name="now">What that clock shows now.</param>
    public Finding? At(DateTime newest, DateTime now) => now - newest <= Within ? null : new(
        "MLB1019", "Old data", "the newest row", Invariant($"{newest:yyyy-MM-dd HH:mm}, {(now - newest).TotalDays:0.#} days old"),
        Invariant($"at most {Within.TotalDays:0.##} days old"), "look at what brings the data");

    internal override Finding? Check(DataTable table) => null;
}

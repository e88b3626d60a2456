using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>
/// The number of rows is like that of the last run that had other data. It depends on the runs before: every
/// run checks it, restored or not.
/// </summary>
/// <param name="AtLeast">Smallest share of the rows of then, for example 0.9.</param>
/// <param name="AtMost">Largest share; null for any number.</param>
public sealed record BesideLastExpectation(double AtLeast, double? AtMost) : Expectation
{
    /// <summary>What is wrong beside a number of rows; null where nothing is.</summary>
    public Finding? Beside(long then, long now) => now >= AtLeast * then && !(now > AtMost * then) ? null : new(
        "MLB1015", "Number of rows beside the last run", null, Invariant($"{now}, {(double)now / then:0.##%} of {then}"),
        Invariant($"{AtLeast:0.##%} to {(AtMost is { } most ? Invariant($"{most:0.##%}") : "any number")}"),
        "look whether files are missing, or there twice");

    internal override Finding? Check(DataTable table) => null;
}

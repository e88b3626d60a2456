using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Views;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Rows follow one another in steps of equal length; of a column with a zone, in time that clocks are not set in.</summary>
/// <param name="Step">The step.</param>
/// <param name="MissingAtMost">How many steps may be left out in all.</param>
public sealed record StepExpectation(TimeSpan Step, int MissingAtMost) : Expectation
{
    private const int Shown = 3;

    // Times are kept as days, to some ten microseconds.
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

    internal override Finding? Check(DataTable table)
    {
        IReadOnlyList<long> times = table.Contract.Columns.FirstOrDefault(column => column.Timestamp == TimestampPart.Day) is { } day
            ? new ClockMoment(day.Rule).OfRows(table.Times)
            : [];
        var (missing, repeated, other, wide, gaps) = (0L, 0, 0, 0, new List<string>());
        for (var row = 1; row < times.Count; row++)
        {
            var passed = TimeSpan.FromTicks(times[row] - times[row - 1]);
            if (row == table.HeldOutFrom || IsNear(passed, Step))
            {
                continue;
            }

            repeated += passed == TimeSpan.Zero ? 1 : 0;
            other += passed > TimeSpan.Zero && !IsNear(passed, Step * Math.Round(passed / Step)) ? 1 : 0;
            if (passed > TimeSpan.Zero)
            {
                var left = Math.Max(0, (long)Math.Round(passed / Step) - 1);
                (missing, wide) = (missing + left, wide + (left > 0 ? 1 : 0));
                gaps.Add(Invariant($"{table.Times[row - 1]:yyyy-MM-dd HH:mm} to {table.Times[row]:yyyy-MM-dd HH:mm}"));
            }
        }

        string[] found =
        [
            Invariant($"{missing} missing in {wide} gaps"),
            .. repeated > 0 ? [Invariant($"{repeated} repeated")] : (string[])[],
            .. other > 0 ? [Invariant($"{other} steps of another length")] : (string[])[],
        ];
        return missing <= MissingAtMost && repeated == 0 && other == 0 ? null : new(
            "MLB1024", repeated > 0 ? "Repeated times and gaps" : "Gaps in time", $"steps of {Step}",
            $"{string.Join(", ", found)}{(gaps.Count > 0 ? $": {string.Join("; ", gaps.Take(Shown))}{(gaps.Count > Shown ? "; …" : "")}" : "")}",
            Invariant($"at most {MissingAtMost} missing, none repeated"), "add the rows, or say how many may be missing");
    }

    private static bool IsNear(TimeSpan passed, TimeSpan expected) => (passed - expected).Duration() <= Rounding;
}

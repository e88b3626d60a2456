using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Data.Expectations;

/// <summary>Rows follow one another in steps of equal length.</summary>
/// <param name="Step">The step.</param>
/// <param name="MissingAtMost">How many steps may be left out in all.</param>
public sealed record StepExpectation(TimeSpan Step, int MissingAtMost) : Expectation
{
    private const int Shown = 3;

    internal override Finding? Check(DataTable table)
    {
        var (missing, repeated, gaps) = (0L, 0, new List<string>());
        for (var row = 1; row < table.Times.Count; row++)
        {
            var passed = table.Times[row] - table.Times[row - 1];
            repeated += passed == TimeSpan.Zero ? 1 : 0;
            if (passed > Step && row != table.HeldOutFrom)
            {
                missing += (passed.Ticks / Step.Ticks) - 1;
                gaps.Add(Invariant($"{table.Times[row - 1]:yyyy-MM-dd HH:mm} to {table.Times[row]:yyyy-MM-dd HH:mm}"));
            }
        }

        return missing <= MissingAtMost && repeated == 0 ? null : new(
            "MLB1024", repeated > 0 ? "Repeated times and gaps" : "Gaps in time", $"steps of {Step}",
            Invariant($"{missing} missing in {gaps.Count} gaps{(repeated > 0 ? Invariant($", {repeated} repeated") : "")}{(gaps.Count > 0 ? $": {string.Join("; ", gaps.Take(Shown))}{(gaps.Count > Shown ? "; …" : "")}" : "")}"),
            Invariant($"at most {MissingAtMost} missing, none repeated"), "add the rows, or say how many may be missing");
    }
}

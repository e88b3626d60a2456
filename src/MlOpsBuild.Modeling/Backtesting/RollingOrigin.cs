using MlOpsBuild.Core;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Splitting;

namespace MlOpsBuild.Modeling.Backtesting;

/// <summary>Cuts rows in order of time: each cut predicts the days after it, and the last one ends where the rows do.</summary>
internal static class RollingOrigin
{
    /// <summary>The splits, oldest first.</summary>
    /// <param name="table">Rows with times.</param>
    /// <param name="rows">Positions of the rows that may be looked at, in order of time.</param>
    /// <param name="cuts">Number of cuts.</param>
    /// <param name="horizon">Days predicted after each.</param>
    /// <exception cref="StageFailedException">There are too few days.</exception>
    public static IReadOnlyList<Split> Splits(DataTable table, IReadOnlyList<int> rows, int cuts, int horizon)
    {
        var (first, last) = (table.Times[rows[0]].Date, table.Times[rows[^1]].Date);
        var days = (last - first).TotalDays + 1;
        if (days <= (double)cuts * horizon)
        {
            throw new StageFailedException(
                "Not enough data for this back-test",
                [new(
                    "MLB2004", "Too few days", "Backtest", $"{days} days before the hold-out", $"more than {cuts} cuts × {horizon} days",
                    "take fewer --cuts or a shorter --horizon")],
                Verdict.Inconclusive);
        }

        return [.. Enumerable.Range(0, cuts).Select(cut => Of(last.AddDays(-((cuts - cut) * horizon) + 1)))];

        Split Of(DateTime from)
        {
            var parts = rows.ToLookup(row => table.Times[row] < from ? -1 : (table.Times[row] - from).TotalDays < horizon ? 1 : 0);
            return new(
                [.. parts[-1]], [.. parts[1]], [.. parts[1].Select(row => DateOnly.FromDateTime(table.Times[row]).DayNumber)],
                BlockUnit.Day);
        }
    }
}

using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// Finds a column that goes up, or down, from nearly every row to the next: a number of the row, which tells when it
/// was and nothing of what it is.
/// </summary>
internal static class RowNumbers
{
    private const int FewestRows = 100;
    private const double OrderedShare = 0.999;

    public static Leak? Of(string column, double[] values)
    {
        var (up, down, steps) = (0, 0, 0);
        for (var row = 1; row < values.Length; row++)
        {
            var step = values[row] - values[row - 1];
            (up, down, steps) = double.IsNaN(step) ? (up, down, steps) : (up + (step > 0 ? 1 : 0), down + (step < 0 ? 1 : 0), steps + 1);
        }

        var ordered = Math.Max(up, down);
        return steps < FewestRows || ordered < OrderedShare * steps ? null
            : new(
                LeakKind.RowNumber, [column],
                Invariant($"goes {(up > down ? "up" : "down")} in {(double)ordered / steps:0.##%} of the steps from row to row"));
    }
}

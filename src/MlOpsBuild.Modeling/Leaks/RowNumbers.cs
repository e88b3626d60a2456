using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// Finds a column that goes up, or down, from nearly every row to the next, or whose different values rank as the rows do: a number of the
/// row, which tells when it was and nothing of what it is.
/// </summary>
internal static class RowNumbers
{
    private const int FewestRows = 100;
    private const double OrderedShare = 0.999;
    private const int MostRows = 50_000;

    public static Leak? Of(string column, double[] values)
    {
        var (up, down, steps) = (0, 0, 0);
        for (var row = 1; row < values.Length; row++)
        {
            var step = values[row] - values[row - 1];
            (up, down, steps) = double.IsNaN(step) ? (up, down, steps) : (up + (step > 0 ? 1 : 0), down + (step < 0 ? 1 : 0), steps + 1);
        }

        var ordered = Math.Max(up, down);
        return steps < FewestRows ? null
            : ordered < OrderedShare * steps ? OfRanks(column, values)
            : new(
                LeakKind.RowNumber, [column],
                Invariant($"goes {(up > down ? "up" : "down")} in {(double)ordered / steps:0.##%} of the steps from row to row"));
    }

    // Spearman's correlation with the place of the row, of values of which nearly each occurs once: numbers that were given in the order
    // in which things began, and written down in the order in which they ended, go down again and again, and never far.
    private static Leak? OfRanks(string column, double[] values)
    {
        var step = 1 + (values.Length / MostRows);
        double[] some = [.. values.Where((value, row) => row % step == 0 && !double.IsNaN(value))];
        if (some.Length < FewestRows || some.Distinct().Count() < OrderedShare * some.Length)
        {
            return null;
        }

        int[] byValue = [.. Enumerable.Range(0, some.Length)];
        Array.Sort((double[])some.Clone(), byValue);
        var squares = byValue.Index().Sum(row => Math.Pow(row.Item - row.Index, 2));
        var correlation = 1 - (6 * squares / (some.Length * (((double)some.Length * some.Length) - 1)));
        return Math.Abs(correlation) < OrderedShare ? null
            : new(LeakKind.RowNumber, [column], Invariant($"ranks as the rows do (Spearman's correlation {correlation:0.#####})"));
    }
}

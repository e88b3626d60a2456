using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>Finds a column that goes up, or down, from nearly every row to the next: a number of the row, which tells when it was and nothing of what it is.</summary>
internal static class RowNumbers
{
    private const int FewestRows = 100;
    private const double OrderedShare = 0.999;

    public static Leak? Of(string column, double[] values)
    {
        var steps = values.Zip(values.Skip(1)).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second)).ToList();
        var (up, down) = (steps.Count(pair => pair.Second > pair.First), steps.Count(pair => pair.Second < pair.First));
        var ordered = Math.Max(up, down);
        return values.Length < FewestRows || steps.Count < FewestRows || ordered < OrderedShare * steps.Count ? null
            : new(LeakKind.RowNumber, [column], Invariant($"goes {(up > down ? "up" : "down")} in {(double)ordered / steps.Count:0.##%} of the steps from row to row"));
    }
}

using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>Finds a column that holds the label of the next row or of the row before, more often than labels repeat.</summary>
internal static class ShiftedLabels
{
    private const int FewestRows = 100;
    private const double EqualShare = 0.98;
    private const double UsualShare = 0.9;

    public static Leak? Of(string column, double[] values, IReadOnlyList<double> labels)
    {
        if (labels.Count < FewestRows || Share(1, row => labels[row]) > UsualShare)
        {
            return null;
        }

        var (next, before) = (Share(1, row => values[row]), Share(-1, row => values[row]));
        return Math.Max(next, before) < EqualShare ? null
            : new(LeakKind.ShiftedLabel, [column], Invariant($"equal to the label of {(next >= before ? "the next row" : "the row before")} in {Math.Max(next, before):0.##%} of the rows"));

        double Share(int shift, Func<int, double> value)
        {
            var rows = Enumerable.Range(1, labels.Count - 2).Where(row => !double.IsNaN(labels[row + shift])).ToList();
            return rows.Count == 0 ? 0 : (double)rows.Count(row => value(row).Equals(labels[row + shift])) / rows.Count;
        }
    }
}

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
        if (labels.Count < FewestRows || Share(labels, labels, 1) > UsualShare)
        {
            return null;
        }

        var (next, before) = (Share(values, labels, 1), Share(values, labels, -1));
        return Math.Max(next, before) < EqualShare ? null
            : new(
                LeakKind.ShiftedLabel, [column],
                Invariant($"equal to the label of {(next >= before ? "the next row" : "the row before")} in {Math.Max(next, before):0.##%} of the rows"));
    }

    private static double Share(IReadOnlyList<double> values, IReadOnlyList<double> labels, int shift)
    {
        var (equal, rows) = (0, 0);
        for (var row = 1; row < labels.Count - 1; row++)
        {
            if (!double.IsNaN(labels[row + shift]))
            {
                (equal, rows) = (equal + (values[row].Equals(labels[row + shift]) ? 1 : 0), rows + 1);
            }
        }

        return rows == 0 ? 0 : (double)equal / rows;
    }
}

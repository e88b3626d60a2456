using MlOpsBuild.Data.Sketches;
using MlOpsBuild.Data.Summaries;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// Finds a column that holds the label of the next row or of the row before, more often than labels repeat, or that goes with the next one
/// as with nothing that was known.
/// </summary>
internal static class ShiftedLabels
{
    private const int FewestRows = 100;
    private const double EqualShare = 0.98;
    private const double UsualShare = 0.9;
    private const double ExplainedShare = 0.99;
    private const double ExplainedByPast = 0.9;

    public static Leak? Of(string column, double[] values, IReadOnlyList<double> labels)
    {
        if (labels.Count < FewestRows || Share(labels, labels, 1) > UsualShare)
        {
            return null;
        }

        var (next, before) = (Share(values, labels, 1), Share(values, labels, -1));
        return Math.Max(next, before) < EqualShare ? OfNext(column, values, labels)
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

    // Of labels that follow from the ones before them, what was known explains the next one as well.
    private static Leak? OfNext(string column, double[] values, IReadOnlyList<double> labels) =>
        Explained(values, labels) is >= ExplainedShare and var explained && Explained(labels, labels) < ExplainedByPast
            ? new(LeakKind.ShiftedLabel, [column], Invariant($"explains {explained:0.##%} of the variance of the next row's label, alone"))
            : null;

    // The square of Pearson's correlation with the label one row later.
    private static double Explained(IReadOnlyList<double> values, IReadOnlyList<double> labels)
    {
        var moments = CoMoments.Of(RowValues.Of([.. values.Take(labels.Count - 1)]), RowValues.Of([.. labels.Skip(1)]));
        return moments.Count < FewestRows || double.IsNaN(moments.Correlation) ? 0 : moments.Correlation * moments.Correlation;
    }
}

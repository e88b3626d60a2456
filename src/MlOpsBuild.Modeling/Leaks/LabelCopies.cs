using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Scoring;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>
/// Finds a column that determines the label: on every second row the label is predicted from the column alone, as the other rows have it at
/// the same value, or between the values nearest to it.
/// </summary>
internal static class LabelCopies
{
    private const int FewestRows = 100;
    private const int MostRows = 50_000;
    private const double ExplainedShare = 0.99;
    private const double RightShare = 0.995;
    private const double ErrorsLeft = 0.05;

    public static Leak? Of(DataTable table, string column, IReadOnlyList<double> labels, int[] rows, ClassSet? classes)
    {
        var values = table.Columns[column];
        int[] known = [.. rows.Where(row => !double.IsNaN(values[row]) && !double.IsNaN(labels[row]))];
        var step = 1 + (known.Length / MostRows);
        known = [.. known.Where((_, index) => index % step == 0)];
        if (known.Length < FewestRows)
        {
            return null;
        }

        var fitted = new ColumnCurve(
            known.Where((_, index) => index % 2 == 0), values, labels, classes == null ? null : classes.Names.Count,
            table.Contract[column].Rule.Kind == FieldKind.Category);
        int[] judged = [.. known.Where((_, index) => index % 2 == 1)];
        return classes == null ? OfNumbers(column, values, labels, fitted, judged) : OfClasses(column, values, labels, fitted, judged);
    }

    private static Leak? OfNumbers(string column, double[] values, IReadOnlyList<double> labels, ColumnCurve fitted, int[] judged)
    {
        var total = judged.Sum(row => Square(labels[row] - fitted.Overall));
        var explained = total > 0 ? 1 - (judged.Sum(row => Square(labels[row] - fitted.At(values[row]))) / total) : 0;
        var equal = judged.Count(row => values[row].Equals(labels[row]));
        return total > 0 && equal >= RightShare * judged.Length
            ? new(LeakKind.LabelCopy, [column], Invariant($"equal to the label in {(double)equal / judged.Length:0.##%} of the rows"))
            : explained >= ExplainedShare
                ? new(LeakKind.LabelCopy, [column], Invariant($"explains {explained:0.##%} of the label's variance, alone"))
            : null;
    }

    private static Leak? OfClasses(string column, double[] values, IReadOnlyList<double> labels, ColumnCurve fitted, int[] judged)
    {
        var (wrong, wrongAnyway) =
            (judged.Count(row => !labels[row].Equals(fitted.At(values[row]))), judged.Count(row => !labels[row].Equals(fitted.Overall)));
        var right = 1 - ((double)wrong / judged.Length);
        return wrongAnyway > 0 && right >= RightShare && wrong <= ErrorsLeft * wrongAnyway
            ? new(LeakKind.LabelCopy, [column], Invariant($"gives the right class in {right:0.##%} of the rows, alone"))
            : null;
    }

    private static double Square(double value) => value * value;
}

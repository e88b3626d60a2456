using MlOpsBuild.Data.Tables;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Leaks;

/// <summary>Finds two columns of which the label is a weighted sum, from their covariances alone.</summary>
internal static class LabelSums
{
    private const int MostRows = 20_000;
    private const int FewestRows = 100;
    private const double ExplainedShare = 0.99995;

    public static IEnumerable<Leak> Of(DataTable table, IReadOnlyList<string> columns, IReadOnlyList<double> labels, int[] rows)
    {
        var step = Math.Max(1, rows.Length / MostRows);
        int[] known = [.. rows.Where((row, index) => index % step == 0 && !double.IsNaN(labels[row]))];
        if (known.Length < FewestRows)
        {
            yield break;
        }

        double[][] values = [.. columns.Select(column => known.Select(row => table.Columns[column][row]).ToArray())];
        double[] label = [.. known.Select(row => labels[row])];
        int[] all = [.. Enumerable.Range(0, known.Length)];
        double[]?[] whole = [.. values.Select(column => Array.Exists(column, double.IsNaN) ? null : Centred(column, all))];
        var centred = Centred(label, all);
        for (var i = 0; i < columns.Count; i++)
        {
            for (var j = i + 1; j < columns.Count; j++)
            {
                var sum = whole[i] is { } first && whole[j] is { } second
                    ? Explained(first, second, centred)
                    : OfBoth(values[i], values[j], label);
                if (sum is var (a, b, left))
                {
                    yield return new(LeakKind.LabelSum, [columns[i], columns[j]], Invariant(
                        $"the label is {a:0.###} × {columns[i]} {(b < 0 ? '−' : '+')} {Math.Abs(b):0.###} × {columns[j]} in all but {left:0.####%} of its variance"));
                }
            }
        }
    }

    // Over the rows that have both: a few gaps hide no sum.
    private static (double A, double B, double Left)? OfBoth(double[] first, double[] second, double[] label)
    {
        int[] both = [.. Enumerable.Range(0, label.Length).Where(row => !double.IsNaN(first[row]) && !double.IsNaN(second[row]))];
        return both.Length < Math.Max(FewestRows, label.Length / 2)
            ? null
            : Explained(Centred(first, both), Centred(second, both), Centred(label, both));
    }

    private static (double A, double B, double Left)? Explained(double[] first, double[] second, double[] label)
    {
        var total = Product(label, label);
        return total > 0 && Weights(first, second, label) is var (a, b, explained) && explained >= ExplainedShare * total
            ? (a, b, Math.Max(0, 1 - (explained / total)))
            : null;
    }

    private static double[] Centred(double[] values, int[] rows)
    {
        var mean = rows.Average(row => values[row]);
        return [.. rows.Select(row => values[row] - mean)];
    }

    // Least squares on two columns; null where one is a multiple of the other.
    private static (double A, double B, double Explained)? Weights(double[] first, double[] second, double[] label)
    {
        var (aa, bb, ab, ay, by) =
            (Product(first, first), Product(second, second), Product(first, second), Product(first, label), Product(second, label));
        var determinant = (aa * bb) - (ab * ab);
        if (determinant <= 1e-12 * aa * bb)
        {
            return null;
        }

        var (a, b) = (((ay * bb) - (by * ab)) / determinant, ((by * aa) - (ay * ab)) / determinant);
        return (a, b, (a * ay) + (b * by));
    }

    private static double Product(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();
}

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

        var centred = columns.Select(column => Centred([.. known.Select(row => table.Columns[column][row])])).ToList();
        var label = Centred([.. known.Select(row => labels[row])])!;
        var total = Product(label, label);
        for (var i = 0; i < columns.Count; i++)
        {
            for (var j = i + 1; j < columns.Count; j++)
            {
                if (centred[i] is { } first && centred[j] is { } second && Weights(first, second, label) is var (a, b, explained)
                    && explained >= ExplainedShare * total && total > 0)
                {
                    yield return new(LeakKind.LabelSum, [columns[i], columns[j]], Invariant(
                        $"the label is {a:0.###} × {columns[i]} {(b < 0 ? '−' : '+')} {Math.Abs(b):0.###} × {columns[j]} in all but {1 - (explained / total):0.####%} of its variance"));
                }
            }
        }
    }

    // A sum of which a part is missing is no label.
    private static double[]? Centred(double[] values)
    {
        var present = values.Where(value => !double.IsNaN(value)).ToList();
        if (present.Count < values.Length)
        {
            return null;
        }

        var mean = present.Average();
        return [.. values.Select(value => value - mean)];
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

using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Tables;

/// <summary>Computes, for each row of a table, a value of earlier rows.</summary>
public static class PastColumns
{
    /// <summary>Row by row the value that <paramref name="past"/> asks for; NaN where no earlier row has one.</summary>
    /// <param name="table">Rows with times.</param>
    /// <param name="past">Which values.</param>
    public static double[] Of(DataTable table, PastValues past)
    {
        var (values, result) = (table.Columns[past.Column], new double[table.Rows]);
        var groups = past.Group == null ? null : table.Columns[past.Group];
        foreach (var group in Enumerable.Range(0, table.Rows).GroupBy(row => groups?[row] ?? 0))
        {
            // Files that are held out may begin again before the others end.
            int[] order = [.. group.OrderBy(row => table.Times[row])];
            var (first, end) = (0, 0);
            foreach (var row in order)
            {
                if (table.Times[row] - DateTime.MinValue < past.Back + past.Window)
                {
                    result[row] = double.NaN;
                    continue;
                }

                var (until, from) = (table.Times[row] - past.Back, table.Times[row] - past.Back - past.Window);
                while (end < order.Length && table.Times[order[end]] <= until)
                {
                    end++;
                }

                while (first < end && (past.Window == default ? table.Times[order[first]] < until : table.Times[order[first]] <= from))
                {
                    first++;
                }

                result[row] = Statistic(order.AsSpan(first, end - first), values, past);
            }
        }

        return result;
    }

    private static double Statistic(ReadOnlySpan<int> rows, double[] values, PastValues past)
    {
        var (count, sum, smallest, largest, last) = (0, 0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN);
        foreach (var row in rows)
        {
            var value = values[row];
            if (!double.IsNaN(value))
            {
                (count, sum, smallest, largest, last) =
                    (count + 1, sum + value, Math.Min(smallest, value), Math.Max(largest, value), value);
            }
        }

        return count == 0 ? double.NaN : past.Window == default ? last : past.Statistic switch
        {
            PastStatistic.Mean => sum / count,
            PastStatistic.Sum => sum,
            PastStatistic.Minimum => smallest,
            _ => largest,
        };
    }
}

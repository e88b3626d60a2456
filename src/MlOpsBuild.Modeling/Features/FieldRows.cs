using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Features;

/// <summary>A table row by row, in the order of a model's fields.</summary>
internal static class FieldRows
{
    /// <summary>All rows in field order; free texts as positions in the table's texts.</summary>
    public static IEnumerable<double[]> Of(DataTable table, IReadOnlyList<FieldRule> fields) =>
        Of(table, fields, [.. Enumerable.Range(0, table.Rows)]);

    /// <summary>The rows at <paramref name="positions"/>, each in an array of its own.</summary>
    public static IEnumerable<double[]> Of(DataTable table, IReadOnlyList<FieldRule> fields, IReadOnlyList<int> positions)
    {
        var columns = Columns(table, fields);
        foreach (var position in positions)
        {
            var row = new double[columns.Length];
            Write(columns, position, row);
            yield return row;
        }
    }

    /// <summary>The columns of <paramref name="fields"/>, as long as the table.</summary>
    public static double[][] Columns(DataTable table, IReadOnlyList<FieldRule> fields) =>
        [.. fields.Select(field => field.Past is { } past ? PastColumns.Of(table, past) : table.Values(field.Name))];

    /// <summary>Writes the row at <paramref name="position"/>.</summary>
    public static void Write(double[][] columns, int position, Span<double> row)
    {
        for (var column = 0; column < columns.Length; column++)
        {
            row[column] = columns[column][position];
        }
    }
}

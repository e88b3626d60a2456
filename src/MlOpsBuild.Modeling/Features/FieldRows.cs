using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Modeling.Features;

/// <summary>A table row by row, in the order of a model's fields.</summary>
internal static class FieldRows
{
    /// <summary>Rows in field order.</summary>
    public static IEnumerable<double[]> Of(DataTable table, IReadOnlyList<FieldRule> fields)
    {
        var columns = fields.Select(field => table.Columns[field.Name]).ToArray();
        for (var i = 0; i < table.Rows; i++)
        {
            var row = new double[columns.Length];
            for (var j = 0; j < columns.Length; j++)
            {
                row[j] = columns[j][i];
            }

            yield return row;
        }
    }
}

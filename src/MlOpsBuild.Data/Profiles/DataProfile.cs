using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Profiles;

/// <summary>What a data set looks like, column by column.</summary>
public sealed record DataProfile(int Rows, IReadOnlyList<ColumnProfile> Columns)
{
    private static readonly double[] Levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

    /// <summary>Profiles every column of <paramref name="table"/>, leaving out personal data.</summary>
    public static DataProfile Of(DataTable table) => new(
        table.Rows,
        [.. table.Columns.Where(column => !table.Contract[column.Key].PersonalData)
            .Select(column => Profile(table, table.Contract[column.Key], column.Value))])
        {
            Last = table.Times.Count > 0 ? table.Times[^1] : null,
        };

    /// <summary>Time of the last row; null where rows have no times.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Last { get; init; }

    private static ColumnProfile Profile(DataTable table, ColumnContract column, double[] values)
    {
        var name = column.Name;
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        var bins = column.IsNewInEveryRow ? null : ColumnBins.Of(values, sorted, table.Times, column.Rule.Kind == FieldKind.Category);
        if (sorted.Length == 0)
        {
            return new(name, 0, values.Length, double.NaN, double.NaN, double.NaN, double.NaN, [], 0)
            {
                Distribution = ValueDistribution.Of([]), Bins = bins
            };
        }

        var mean = sorted.Sum() / sorted.Length;
        var squares = sorted.Sum(value => (value - mean) * (value - mean));
        return new(
            name, sorted.Length, values.Length - sorted.Length, mean,
            sorted.Length > 1 ? Math.Sqrt(squares / (sorted.Length - 1)) : double.NaN,
            sorted[0], sorted[^1], [.. Levels.Select(level => Quantile.Of(sorted, level))], sorted.Distinct().Count())
            {
                Distribution = ValueDistribution.Of(sorted), Bins = bins
            };
    }
}

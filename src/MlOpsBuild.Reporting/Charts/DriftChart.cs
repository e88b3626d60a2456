using MlOpsBuild.Data.Differences;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>How far each column moved.</summary>
internal static class DriftChart
{
    private const int MostColumns = 20;

    public static Chart? Of(DataDifference difference)
    {
        var columns = difference.Columns.Take(MostColumns).ToList();
        return columns.Count == 0 ? null : new()
        {
            Title = "Drift by column (population stability index)",
            Form = ChartForm.Bars,
            Marks = [.. columns.Select((column, index) => new ChartMark(index, column.Column))],
            Series = [new("index", [.. columns.Select((column, index) => new ChartPoint(index, column.Index))])],
            Levels = [new(PopulationStability.Usual, "usually tolerated")],
        };
    }
}

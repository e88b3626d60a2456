using MlOpsBuild.TestKit.Data;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Tests;

/// <summary>The real file, read once, and the predictor of its published anchors: the mean label by hour and working day.</summary>
internal static class HourData
{
    private static readonly Lazy<DataTable> Lazy = new(() => MemoryFiles.Read(
        [("hour.csv", File.ReadAllBytes(RealData.HourFile!))], ContractReader.Of<global::Pipelines.BikeHour>(),
        CancellationToken.None).Table!);

    public static DataTable Table => Lazy.Value;

    public static DataTable Rows(DateTime from, DateTime before) =>
        Table.Select([.. Enumerable.Range(0, Table.Rows).Where(row => Table.Times[row] >= from && Table.Times[row] < before)]);

    public static PredictionSet MeansOf(string name, DataTable window, DataTable rows)
    {
        var means = Enumerable.Range(0, window.Rows)
            .GroupBy(row => Cell(window, row))
            .ToDictionary(group => group.Key, group => group.Average(row => window.Label[row]));
        return new(
            name,
            [.. rows.Times.Select(time => DateOnly.FromDateTime(time).DayNumber)],
            rows.Label,
            [.. Enumerable.Range(0, rows.Rows).Select(row => means[Cell(rows, row)])],
            new Dictionary<string, double[]>());
    }

    private static (double, double) Cell(DataTable table, int row) => (table.Columns["hr"][row], table.Columns["workingday"][row]);
}

using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Drift.Tests;

/// <summary>The share of tests that say of samples of one series that they differ: 5 % was asked for.</summary>
public sealed class FalseAlarmTests
{
    // Not the hour: it is the same every day, and no draw of days can differ in it.
    private static readonly string[] Columns = ["season", "mnth", "weekday", "weathersit", "temp", "atemp", "hum", "windspeed", "cnt"];

    [RealDataTheory]
    [InlineData(60, 30, 200)]
    [InlineData(365, 30, 200)]
    public void Days_of_one_series_are_told_apart_in_one_of_twenty(int before, int now, int runs) => Rate(runs, random =>
    {
        var days = Days.Value.OrderBy(_ => random.Next()).Take(before + now).ToList();
        return (days.Take(before).SelectMany(day => day).Order().ToList(), days.Skip(before).SelectMany(day => day).Order().ToList(), true);
    }).ShouldBe(0.05, 0.015);

    [RealDataTheory]
    [InlineData(50, 50, 200)]
    [InlineData(5000, 20, 100)]
    [InlineData(1000, 1000, 100)]
    public void Rows_that_are_drawn_are_told_apart_in_one_of_twenty(int before, int now, int runs) => Rate(runs, random =>
    {
        var rows = Enumerable.Range(0, RealHours.Table.Rows).OrderBy(_ => random.Next()).Take(before + now).ToList();
        return (rows[..before], rows[before..], false);
    }).ShouldBe(0.05, 0.015);

    private static readonly Lazy<List<List<int>>> Days = new(() => [.. Enumerable.Range(0, RealHours.Table.Rows)
        .GroupBy(row => RealHours.Table.Times[row].Date)
        .Select(day => day.ToList())]);

    private static double Rate(int runs, Func<SplitMix64, (List<int> Before, List<int> Now, bool Timed)> draw)
    {
        var fired = Columns.ToDictionary(column => column, _ => 0.0);
        var random = new SplitMix64(1);
        for (var run = 0; run < runs; run++)
        {
            var (before, now, timed) = draw(random);
            var reference = Columns.ToDictionary(column => column, column => ColumnBins.Of(
                [.. before.Select(row => RealHours.Table.Columns[column][row])],
                timed ? [.. before.Select(row => RealHours.Table.Times[row])] : [], false));
            var times = timed ? now.Select(row => RealHours.Table.Times[row]).ToList() : [];
            var result = DriftTest.Of(
                reference,
                Columns.ToDictionary(column => column, column => now.Select(row => RealHours.Table.Columns[column][row]).ToArray()), times,
                now.Count, new() { FewestSeasonDays = int.MaxValue });
            foreach (var column in result.Columns.Where(column => column.Probability <= 0.05))
            {
                fired[column.Column] += 1.0 / runs;
            }
        }

        return fired.Values.Average();
    }
}

using System.Globalization;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>The first metric of this run and of those before it.</summary>
internal static class RunsChart
{
    private const int MostRuns = 20;

    /// <summary>The chart; null with fewer than two different models.</summary>
    /// <param name="run">The run reported on.</param>
    /// <param name="earlier">Tested runs before it, in any order.</param>
    public static Chart? Of(RunRecord run, IReadOnlyList<RunRecord> earlier)
    {
        if (run.Metrics is not [var metric, ..])
        {
            return null;
        }

        // Simulated figures beside measured ones would say nothing; a model that was tested again is one point.
        var runs = earlier
            .Where(other => other.Simulated == run.Simulated
                && string.CompareOrdinal(other.Id, run.Id) < 0
                && other.Metrics.Any(value => value.Name == metric.Name))
            .OrderBy(other => other.Id, StringComparer.Ordinal).Append(run)
            .GroupBy(other => (other.Model, other.Data))
            .Select(same => same.Last())
            .OrderBy(other => other.Id, StringComparer.Ordinal)
            .TakeLast(MostRuns)
            .ToList();
        return runs.Count < 2 ? null : new()
        {
            Title = runs.All(other => other.Data == run.Data)
                ? $"{metric.Name} over runs"
                : $"{metric.Name} over runs, each on its own data",
            Form = ChartForm.Lines,
            Marks = [.. runs.Select((other, index) => new ChartMark(index, other.Version is { } version
                ? $"v{version}"
                : other.Started.UtcDateTime.ToString("MMM d HH:mm", CultureInfo.InvariantCulture)))],
            Series = [new(metric.Name, [.. runs.Select((other, index) =>
            {
                var value = other.Metrics.First(there => there.Name == metric.Name);
                return new ChartPoint(index, value.Value, value.Interval?.Lower, value.Interval?.Upper);
            })])],
        };
    }
}

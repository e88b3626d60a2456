using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>The candidate's predictions of numbers on the hold-out: over time, their errors, and whether they mean what they say.</summary>
internal static class HoldOutCharts
{
    private const int Groups = 10;

    public static IEnumerable<Chart> Of(PredictionSet set)
    {
        if (set.Count == 0)
        {
            yield break;
        }

        if (set.Unit == BlockUnit.Day)
        {
            yield return OverTime(set);
        }

        var groups = ByPrediction(set);
        if (groups.Count > 1)
        {
            yield return Residuals(groups);
            yield return Calibration(groups);
        }
    }

    private static Chart OverTime(PredictionSet set)
    {
        var days = set.Block.Zip(set.Labels.Zip(set.Predictions)).GroupBy(row => row.First)
            .Select(day => (Day: day.Key, Label: day.Average(row => row.Second.First), Prediction: day.Average(row => row.Second.Second)))
            .ToList();
        return new()
        {
            Title = "Hold-out: daily mean, actual and predicted",
            Form = ChartForm.Lines,
            Marks = [.. days.Select(day => new ChartMark(
                day.Day, DateOnly.FromDayNumber(day.Day).ToString("MMM d", CultureInfo.InvariantCulture)))],
            Series =
            [
                new("predicted", [.. days.Select(day => new ChartPoint(day.Day, day.Prediction))]),
                new("actual", [.. days.Select(day => new ChartPoint(day.Day, day.Label))]),
            ],
        };
    }

    // Rows in ten groups of equal size, from the smallest prediction to the largest.
    private static IReadOnlyList<(double Prediction, double Label, double[] Residuals)> ByPrediction(PredictionSet set)
    {
        var rows = set.Predictions.Zip(set.Labels).OrderBy(row => row.First).ThenBy(row => row.Second).ToArray();
        return [.. rows.Chunk(Math.Max(1, (rows.Length + Groups - 1) / Groups)).Select(group => (
            group.Average(row => row.First), group.Average(row => row.Second),
            group.Select(row => row.Second - row.First).Order().ToArray()))];
    }

    private static Chart Residuals(IReadOnlyList<(double Prediction, double Label, double[] Residuals)> groups) => new()
    {
        Title = "Residuals (actual − predicted) by prediction: mean and the middle 80 % of rows",
        Form = ChartForm.Lines,
        Levels = [new(0, "no error")],
        Series = [new("mean residual", [.. groups.Select(group => new ChartPoint(
            group.Prediction, group.Residuals.Average(), Quantile.Of(group.Residuals, 0.1), Quantile.Of(group.Residuals, 0.9)))])],
    };

    private static Chart Calibration(IReadOnlyList<(double Prediction, double Label, double[] Residuals)> groups) => new()
    {
        Title = "Calibration: mean actual by mean prediction, rows in tenths",
        Form = ChartForm.Lines,
        Diagonal = "ideal",
        Series = [new("actual", [.. groups.Select(group => new ChartPoint(group.Prediction, group.Label))])],
    };
}

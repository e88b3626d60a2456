using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>One chart for each result that exists.</summary>
internal static class ReportCharts
{
    public static IEnumerable<ReportChart> Of(ReportInput input)
    {
        if (input.Predictions is { } predictions)
        {
            yield return HoldOut(predictions);
        }

        if (input.Deployment is { Looks: { Count: > 1 } looks } && looks[0].BaselineRequests > 0)
        {
            yield return Course(looks);
        }
    }

    private static ReportChart HoldOut(PredictionSet set)
    {
        var days = set.Block.Zip(set.Labels.Zip(set.Predictions)).GroupBy(row => row.First)
            .Select(day => (Day: (double)day.Key, Label: day.Average(row => row.Second.First), Prediction: day.Average(row => row.Second.Second))).ToList();
        var canvas = new SvgCanvas((days[0].Day, days[^1].Day), (0, days.Max(day => Math.Max(day.Label, day.Prediction)) * 1.15));
        canvas.Axis(days.Where((_, index) => index % Math.Max(1, days.Count / 6) == 0)
            .Select(day => (day.Day, DateOnly.FromDayNumber((int)day.Day).ToString("MMM d", CultureInfo.InvariantCulture))));
        canvas.Line(days.Select(day => (day.Day, day.Label)), "actual");
        canvas.Line(days.Select(day => (day.Day, day.Prediction)), "predicted");
        canvas.Legend(("actual", "actual"), ("predicted", "predicted"));
        const string Title = "Hold-out: daily mean, actual and predicted";
        return new(Title, canvas.ToSvg(Title), $"actual {Sparkline.Of([.. days.Select(day => day.Label)])}\npredicted {Sparkline.Of([.. days.Select(day => day.Prediction)])}");
    }

    private static ReportChart Course(IReadOnlyList<CanaryLook> looks)
    {
        var start = looks[0].At;
        var points = looks.Select(look => (X: (look.At - start).TotalSeconds, Y: look.Metrics.Max(metric => metric.LogHarm))).ToList();
        var threshold = Math.Log(looks[0].Metrics.Count / 0.05);
        var canvas = new SvgCanvas((0, points[^1].X), (Math.Min(-1, points.Min(point => point.Y)), Math.Max(threshold, points.Max(point => point.Y)) * 1.15));
        canvas.Axis(points.Where((_, index) => index % Math.Max(1, points.Count / 6) == 0).Select(point => (point.X, string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#} s"))));
        canvas.Line(points, "predicted");
        canvas.Level(threshold, "limit", "rolled back above this");
        const string Title = "Canary: strongest evidence of harm (ln e-value) over time";
        return new(Title, canvas.ToSvg(Title), $"evidence of harm {Sparkline.Of([.. points.Select(point => point.Y)])}");
    }
}

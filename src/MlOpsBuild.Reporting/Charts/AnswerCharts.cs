using System.Globalization;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>The scores of a language model's answers, case by case.</summary>
internal static class AnswerCharts
{
    private const int Bins = 5;

    public static IEnumerable<Chart> Of(PredictionSet set)
    {
        if (set.Count == 0)
        {
            yield break;
        }

        var counts = set.Predictions.CountBy(score => score >= 1 ? Bins : (int)Math.Floor(score * Bins)).ToDictionary();
        yield return new()
        {
            Title = "Cases by the mean score of their answers",
            Form = ChartForm.Bars,
            Marks = [.. Enumerable.Range(0, Bins + 1).Select(bin => new ChartMark(bin, bin == Bins
                ? "1, always right"
                : string.Create(CultureInfo.InvariantCulture, $"{(double)bin / Bins:0.0} to {(bin + 1.0) / Bins:0.0}")))],
            Series = [new("cases", [.. Enumerable.Range(0, Bins + 1).Select(bin => new ChartPoint(bin, counts.GetValueOrDefault(bin)))])],
        };
    }
}

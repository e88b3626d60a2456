using MlOpsBuild.Modeling.Explaining;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>What a model depends on, and how its predictions follow the most important inputs.</summary>
internal static class ExplanationCharts
{
    private const int MostBars = 10;

    public static IEnumerable<Chart> Of(ModelExplanation explanation)
    {
        var bars = explanation.Columns.Where(column => column.Loss is > 0).Take(MostBars).ToList();
        if (bars.Count > 0)
        {
            yield return new()
            {
                Title = $"{explanation.Metric} lost when an input is shuffled",
                Form = ChartForm.Bars,
                Marks = [.. bars.Select((column, place) => new ChartMark(place, column.Column))],
                Series = [new("candidate", [.. bars.Select((column, place) => new ChartPoint(
                    place, column.Loss!.Value, column.Interval?.Lower, column.Interval?.Upper))])],
            };
        }

        foreach (var dependence in explanation.Dependence)
        {
            yield return new()
            {
                Title = $"Mean prediction of {dependence.Of} by {dependence.Column}",
                Form = ChartForm.Lines,
                Marks = [.. dependence.Points.Where(point => point.Text != null).Select(point => new ChartMark(point.Value, point.Text!))],
                Series = [new(dependence.Column, [.. dependence.Points.Select(point => new ChartPoint(point.Value, point.Prediction))])],
            };
        }
    }
}

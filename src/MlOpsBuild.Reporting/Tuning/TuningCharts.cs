using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Tuning;
using MlOpsBuild.Reporting.Charts;

namespace MlOpsBuild.Reporting.Tuning;

/// <summary>Pictures of a search: how it went, and what each parameter did.</summary>
/// <param name="result">The search.</param>
internal sealed class TuningCharts(TuningResult result)
{
    private IReadOnlyList<TuningTrial> Whole => [.. result.Trials.Where(trial => trial is { Share: 1, Value: not null })];

    /// <summary>Every trial on all rows, and the best one so far.</summary>
    public Chart Course
    {
        get
        {
            var best = new List<ChartPoint>();
            foreach (var trial in Whole)
            {
                var value = trial.Value!.Value;
                best.Add(new(trial.Number, best.Count == 0 || IsBetter(value, best[^1].Y) ? value : best[^1].Y));
            }

            return new()
            {
                Title = $"{result.Metric} of each trial, mean of {result.Folds} folds before the hold-out",
                Form = ChartForm.Lines,
                Series =
                [
                    new("best so far", best),
                    new("trial", [.. Whole.Select(trial => new ChartPoint(trial.Number, trial.Value!.Value))]) { IsScattered = true },
                ],
            };
        }
    }

    /// <summary>The metric over the values of each parameter that numbers can be chosen for; by factors on a scale of factors.</summary>
    public IEnumerable<Chart> Parameters => result.Ranges.OfType<NumberRange>()
        .Select(range => (Range: range, Points: (IReadOnlyList<ChartPoint>)[.. Whole
            .Where(trial => trial.Settings.ContainsKey(range.Name))
            .Select(trial => (At: Place(range, trial), trial.Value))
            .OrderBy(point => point.At)
            .Select(point => new ChartPoint(point.At, point.Value!.Value))]))
        .Where(chart => chart.Points.Count > 1)
        .Select(chart => new Chart
        {
            Title = $"{result.Metric} over {chart.Range.Name}",
            Form = ChartForm.Lines,
            Marks = chart.Range.ByFactor ? [.. Factors(chart.Points[0].X, chart.Points[^1].X)] : [],
            Series = [new(chart.Range.Name, chart.Points) { IsScattered = true }],
        });

    // 1, 2 and 5 of each power of ten, on a scale of factors.
    private static IEnumerable<ChartMark> Factors(double lower, double upper) =>
        from power in Enumerable.Range((int)Math.Floor(lower), (int)Math.Ceiling(upper) - (int)Math.Floor(lower) + 1)
        from digit in (double[])[1, 2, 5]
        let at = power + Math.Log10(digit)
        where at >= lower - 1e-9 && at <= upper + 1e-9
        select new ChartMark(at, Math.Pow(10, at).ToString("G3", CultureInfo.InvariantCulture));

    private bool IsBetter(double value, double other) => result.Direction == Direction.LowerIsBetter ? value < other : value > other;

    private static double Place(NumberRange range, TuningTrial trial)
    {
        var value = double.Parse(trial.Settings[range.Name], CultureInfo.InvariantCulture);
        return range.ByFactor ? Math.Log10(value) : value;
    }
}

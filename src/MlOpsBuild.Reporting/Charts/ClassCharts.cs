using System.Globalization;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>
/// The candidate's probabilities of classes on the hold-out: how well they rank, what is mistaken for what, and
/// whether they mean what they say.
/// </summary>
internal static class ClassCharts
{
    private const int MostPoints = 100;
    private const int MostPairs = 20;
    private const int Bins = 10;

    public static IEnumerable<Chart> Of(PredictionSet set)
    {
        if (set.Count == 0)
        {
            yield break;
        }

        var names = set.Classes!.Names;
        int[] ranked = set.Classes.IsBinary ? [1] : [.. Enumerable.Range(0, names.Count)];
        var curves = ranked.Select(position => (Name: names[position], Steps: Ranking(set, position)))
            .Where(curve => curve.Steps.Count > 0)
            .ToList();
        if (curves.Count > 0)
        {
            yield return new()
            {
                Title = "Receiver operating characteristic: share of the class found, by share of the others taken for it",
                Form = ChartForm.Lines,
                Diagonal = "chance",
                Series = [.. curves.Select(curve => new ChartSeries(
                    curve.Name, Thinned(curve.Steps.Select(step => new ChartPoint(step.Fallout, step.Recall)).Prepend(new(0, 0)))))],
            };
            yield return new()
            {
                Title = "Precision by recall",
                Form = ChartForm.Lines,
                Series = [.. curves.Select(curve => new ChartSeries(
                    curve.Name, Thinned(curve.Steps.Select(step => new ChartPoint(step.Recall, step.Precision)))))],
            };
        }

        yield return Confusion(set);
        yield return Calibration(set);
    }

    // From the highest probability on, one step for each different one.
    private static List<(double Fallout, double Recall, double Precision)> Ranking(PredictionSet set, int position)
    {
        var rows = Enumerable.Range(0, set.Count)
            .Select(row => (Probability: set.ProbabilityOf(row, position), Hit: (int)set.Labels[row] == position))
            .OrderByDescending(row => row.Probability)
            .ToList();
        var (ours, steps, found, mistaken) = (rows.Count(row => row.Hit), new List<(double, double, double)>(), 0, 0);
        if (ours == 0 || ours == rows.Count)
        {
            return steps;
        }

        for (var place = 0; place < rows.Count; place++)
        {
            (found, mistaken) = rows[place].Hit ? (found + 1, mistaken) : (found, mistaken + 1);
            if (place == rows.Count - 1 || rows[place + 1].Probability != rows[place].Probability)
            {
                steps.Add(((double)mistaken / (rows.Count - ours), (double)found / ours, (double)found / (found + mistaken)));
            }
        }

        return steps;
    }

    private static IReadOnlyList<ChartPoint> Thinned(IEnumerable<ChartPoint> points) => TextChart.Thin([.. points], MostPoints);

    private static Chart Confusion(PredictionSet set)
    {
        var names = set.Classes!.Names;
        var pairs = Enumerable.Range(0, set.Count).Select(row => ((int)set.Labels[row], set.Classes.Choose(set.At(row))))
            .CountBy(pair => pair).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(MostPairs).ToList();
        return new()
        {
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"Confusion: rows by actual and answered class{(names.Count * names.Count > MostPairs ? $", the {MostPairs} most frequent pairs" : "")}"),
            Form = ChartForm.Bars,
            Marks = [.. pairs.Select((pair, place) => new ChartMark(place, pair.Key.Item1 == pair.Key.Item2
                ? $"{names[pair.Key.Item1]}, right"
                : $"{names[pair.Key.Item1]} as {names[pair.Key.Item2]}"))],
            Series = [new("rows", [.. pairs.Select((pair, place) => new ChartPoint(place, pair.Value))])],
        };
    }

    private static Chart Calibration(PredictionSet set)
    {
        var said = Enumerable.Range(0, set.Count)
            .Select(row => (Row: row, Position: set.Classes!.IsBinary ? 1 : set.Classes.Choose(set.At(row))))
            .Select(row => (Probability: set.ProbabilityOf(row.Row, row.Position), Hit: (int)set.Labels[row.Row] == row.Position));
        return new()
        {
            Title = set.Classes!.IsBinary
                ? $"Calibration: share that was {set.Classes.Names[1]}, by probability given"
                : "Calibration: share of right answers, by probability given",
            Form = ChartForm.Lines,
            Diagonal = "ideal",
            Series = [new("actual", [.. said.GroupBy(row => Math.Min((int)(row.Probability * Bins), Bins - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new ChartPoint(bin.Average(row => row.Probability), bin.Average(row => row.Hit ? 1.0 : 0)))])],
        };
    }
}

using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Modeling.Statistics;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// Judges what a version answered in one window: whether it was asked and answered at all, whether its data moved, and whether it is still
/// as good as on its hold-out, with the labels that came and without those that did not.
/// </summary>
public sealed class MonitorJudge(MonitorInput input)
{
    private const double Trust = 0.05;
    private const int FewestRows = 30;
    private const int FewestDays = 3;

    /// <summary>How <paramref name="rows"/> did.</summary>
    /// <param name="rows">What one version answered.</param>
    /// <param name="now">The moment of the look, UTC.</param>
    public MonitorResult Judge(ServedRows rows, DateTime now)
    {
        var (from, until) = WindowOf(rows, now);
        var window = rows.Between(from, until);
        var aspects = new List<MonitorAspect> { Requests(window) };
        aspects.AddRange(Freshness(rows, now));
        aspects.Add(new SkewCheck(input).Judge(window));
        var drift = DriftOf(window);
        aspects.Add(Data(window, drift));
        aspects.Add(Predictions(window));
        var labelled = Loss(window, until);
        aspects.Add(labelled);
        aspects.Add(Estimate(window) with { Judged = labelled.Verdict == Verdict.Inconclusive });
        aspects.AddRange(input.Policy.Watched.Select(watched => new WatchedMeans(watched).Judge(window)));
        return new(input.Pipeline, input.Environment, rows.Version, from, until, window.Count, window.Labelled, aspects)
        {
            Slices = new LossBySlice(input).Of(window),
            Columns =
            [
                .. (drift?.Columns ?? []).Select(column =>
                    new MonitoredColumn(
                        column.Column, column.Index, double.IsFinite(column.ByChance) ? column.ByChance : null,
                        column.Verdict == Verdict.Failed)),
            ],
        };
    }

    // Windows follow one another from the first answer on: within one, the test holds at every look; the newest is looked at, and the one
    // before while the newest is too short to say anything.
    private (DateTime From, DateTime Until) WindowOf(ServedRows rows, DateTime now)
    {
        var first = rows.Count == 0 ? now.Date : rows.Times.Min().Date;
        var windows = (int)((now - first) / input.Policy.Window);
        var from = first + (windows * input.Policy.Window);
        return windows > 0 && now - from < TimeSpan.FromDays(FewestDays) ? (from - input.Policy.Window, now) : (from, now);
    }

    private MonitorAspect Requests(ServedRows window)
    {
        var bad = window.Refused.Count + window.Failed.Count;
        var all = window.Count + bad;
        var (lower, upper) = (RateBound.Lower(bad, all, Trust), RateBound.Upper(bad, all, Trust));
        return new(
            "requests",
            lower > input.Policy.ToleratedRate ? Verdict.Failed
                : upper <= input.Policy.ToleratedRate ? Verdict.Passed : Verdict.Inconclusive,
            Invariant($"{all:N0} asked, {window.Refused.Count:N0} refused, {window.Failed.Count:N0} failed: between {lower:0.##%} and {upper:0.##%}, tolerated {input.Policy.ToleratedRate:0.##%}"));
    }

    private IEnumerable<MonitorAspect> Freshness(ServedRows rows, DateTime now)
    {
        if (input.Policy.Fresh is { } most)
        {
            var last = rows.Count == 0 ? (DateTime?)null : rows.Times.Max();
            yield return new(
                "freshness", last == null ? Verdict.Inconclusive : now - last <= most ? Verdict.Passed : Verdict.Failed,
                last == null
                    ? "nothing was ever asked"
                    : Invariant($"the newest prediction is of {last:yyyy-MM-dd HH:mm}, at most {most.TotalHours:0.#} h old is wanted"))
            {
                Since = last is { } time && now - time > most ? DateOnly.FromDateTime(time) : null,
            };
        }
    }

    // Null where nothing can be compared.
    private DriftResult? DriftOf(ServedRows window)
    {
        var bins = input.Profile.Columns.Where(column => column.Bins != null && IsAsked(window, column.Name))
            .ToDictionary(column => column.Name, column => column.Bins!);
        return window.Count < FewestRows || bins.Count == 0 ? null : DriftTest.Of(
            bins, window.Columns.Where(column => bins.ContainsKey(column.Key)).ToDictionary(), window.Times, window.Count, input.Drift);
    }

    private MonitorAspect Data(ServedRows window, DriftResult? drift)
    {
        if (drift == null)
        {
            return new("data", Verdict.Inconclusive, Invariant($"{window.Count} rows, of which no column can be judged"));
        }

        var moved = drift.Columns.Where(column => column.Verdict == Verdict.Failed).ToList();
        return new(
            "data", drift.Verdict,
            moved.Count > 0
                ? Invariant($"{string.Join(", ", moved.Select(column => Invariant($"{column.Column} (index {column.Index:0.00})")))} moved away from {drift.Reference}")
                : Invariant($"{drift.Columns.Count} columns beside {drift.Reference}; the farthest is {drift.Columns[0].Column} (index {drift.Columns[0].Index:0.00}, by chance {drift.Columns[0].ByChance:0.00})"))
        {
            Judged = input.Drift.Fails || drift.Verdict != Verdict.Failed,
        };
    }

    // A column that nobody sends is no drift: requests bring what the version needs.
    private static bool IsAsked(ServedRows window, string column) =>
        window.Columns.TryGetValue(column, out var values) && !Array.TrueForAll(values, double.IsNaN);

    // Of a season other than the hold-out's, predictions may well be others: shown, and judged by what they cost.
    private MonitorAspect Predictions(ServedRows window)
    {
        if (window.Count < FewestRows || input.Loss.Predictions.Count < FewestRows)
        {
            return new("predictions", Verdict.Inconclusive, Invariant($"{window.Count} rows")) { Judged = false };
        }

        const string Name = "prediction";
        var bins = ColumnBins.Of([.. input.Loss.Predictions.Select(prediction => prediction.Value)], [], isCategory: false);
        var drift = DriftTest.Of(
            new Dictionary<string, ColumnBins> { [Name] = bins },
            new Dictionary<string, double[]> { [Name] = [.. window.Predictions.Select(prediction => prediction.Value)] }, [], window.Count,
            input.Drift).Columns.Single();
        return new(
            "predictions", drift.Index < input.Drift.Tolerated ? Verdict.Passed : Verdict.Inconclusive,
            Invariant($"mean {window.Predictions.Average(prediction => prediction.Value):G4} against {input.Loss.Predictions.Average(prediction => prediction.Value):G4} on the hold-out (index {drift.Index:0.00})"))
        {
            Judged = false,
        };
    }

    // A day counts when it has ended: what comes of it later would change what was seen already.
    private MonitorAspect Loss(ServedRows window, DateTime until)
    {
        var tolerated = input.Loss.Mean * (1 + input.Policy.LossMargin);
        var days = window.LabelledRows
            .Where(row => window.Times[row].Date < until.Date)
            .GroupBy(row => DateOnly.FromDateTime(window.Times[row]), row => input.Loss.Of(window, row))
            .OrderBy(day => day.Key)
            .ToList();
        if (days.Count == 0 || !(tolerated > 0))
        {
            return new("loss", Verdict.Inconclusive, days.Count == 0 ? "no label came for a whole day" : "the hold-out has no loss");
        }

        var watch = new LossWatch(LargestRatio((int)Math.Max(1, days.Average(day => day.Count())), tolerated));
        foreach (var day in days)
        {
            watch.Add(day.Key, day.Average() / tolerated);
        }

        var verdict = watch.LogHarm >= Math.Log(1 / input.Policy.FalseAlarm) ? Verdict.Failed
            : watch.LogNoHarm >= Math.Log(1 / Trust) ? Verdict.Passed : Verdict.Inconclusive;
        return new(
            "loss", verdict,
            Invariant($"mean {days.SelectMany(day => day).Average():G4} on {days.Sum(day => day.Count()):N0} labelled rows of {watch.Days} days, {input.Loss.Mean:G4} on the hold-out, tolerated {tolerated:G4}; e-value of harm {Value(watch.LogHarm)}, of none {Value(watch.LogNoHarm)}"))
        {
            Since = verdict == Verdict.Failed ? watch.Since : null,
        };
    }

    // Half as much again as the worst of as many rows of the hold-out in a row.
    private double LargestRatio(int rows, double tolerated) =>
        input.Loss.Losses.Chunk(rows).Max(chunk => chunk.Average()) / tolerated * 1.5;

    private MonitorAspect Estimate(ServedRows window)
    {
        if (window.Count < FewestRows || input.Loss.Losses.Count < FewestRows || !(input.Loss.Mean > 0))
        {
            return new("estimated loss", Verdict.Inconclusive, Invariant($"{window.Count} rows"));
        }

        var estimate = new EstimatedLoss(input.Loss);
        double[] each = [.. window.Predictions.Select(estimate.Of)];
        var (mean, tolerated) = (each.Average(), input.Loss.Mean * (1 + input.Policy.LossMargin));
        int[] known = [.. window.LabelledRows];
        if (known.Length >= FewestRows)
        {
            var actual = known.Average(row => input.Loss.Of(window, row));
            var said = known.Average(row => each[row]);
            if (actual > said * (1 + input.Policy.LossMargin) || said > actual * (1 + input.Policy.LossMargin))
            {
                return new(
                    "estimated loss", Verdict.Inconclusive,
                    Invariant($"{mean:G4}, but not to be relied on: {known.Length:N0} rows with labels were estimated at {said:G4} and have {actual:G4}"));
            }
        }

        return new(
            "estimated loss", mean > tolerated ? Verdict.Failed : Verdict.Passed,
            Invariant($"{mean:G4} without labels, {input.Loss.Mean:G4} on the hold-out, tolerated {tolerated:G4}{(known.Length >= FewestRows ? "; late labels bear it out" : "")}"));
    }

    private static string Value(double log) => EValue.Of(log).ToString("G3", CultureInfo.InvariantCulture);
}

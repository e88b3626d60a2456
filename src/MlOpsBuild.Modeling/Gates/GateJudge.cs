using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Judges one metric's gates from predictions alone.</summary>
internal sealed class GateJudge(GateSpec gate, long seed)
{
    private const double Rounded = 1e-9;

    private int Sign => gate.Metric.Direction == Direction.LowerIsBetter ? 1 : -1;

    public IEnumerable<JudgedGate> Judge(PredictionSet candidate, PredictionSet? baseline, ChampionPredictions champion)
    {
        var value = gate.Metric.Of(candidate);
        var broken = candidate.Broken;
        if (gate.Bound is { } bound)
        {
            yield return Unless(broken, AgainstBound(value, candidate, bound));
        }

        if (baseline != null)
        {
            yield return Unless(broken, AgainstBaseline(value, candidate, baseline));
        }

        if (gate.ChampionMargin is { } margin)
        {
            yield return Unless(broken, AgainstChampion(value, candidate, champion, margin));
        }
    }

    // A prediction that is no number is no lack of evidence.
    private static JudgedGate Unless(int broken, JudgedGate gate) => broken == 0 ? gate
        : JudgedGate.Certain(gate.Outcome with
        {
            Verdict = Verdict.Failed, Difference = null, Blocking = true,
            Evidence = $"{broken} predictions of the candidate are no finite numbers",
        });

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    // A point estimate just within the bound is a coin's toss; the end of the interval that matters is judged.
    private JudgedGate AgainstBound(double value, PredictionSet candidate, double bound)
    {
        var (size, distance) = (gate.Metric.Judged(value), gate.Metric.IsSigned ? "size of " : "");
        var claim = $"{distance}{gate.Metric.Name} {(Sign > 0 ? "at most" : "at least")} {Text(bound)}";
        var seen = PairedBlockBootstrap.Values(gate.Metric, candidate, seed);
        var interval = seen?.Interval(gate.Confidence);
        var (verdict, evidence) = double.IsNaN(size) ? (Verdict.Inconclusive, $"undefined: {gate.Metric.Undefined}")
            : interval == null ? (Verdict.Inconclusive, NoInterval(candidate))
            : Sign * (Furthest(interval, worst: true) - bound) <= Rounding(candidate) ? (Verdict.Passed, "within the bound, for certain")
            : Sign * (Furthest(interval, worst: false) - bound) > 0 ? (Verdict.Failed, "outside the bound, for certain")
            : (Verdict.Inconclusive, "the interval reaches over the bound");
        var outcome = new GateOutcome(
            claim, gate.Metric.Name, value, bound, "bound", null, verdict,
            interval == null ? evidence : $"{evidence}: {Text(interval.Lower)} to {Text(interval.Upper)}{Blocks(interval)}")
        {
            // Of a metric with a sign the size is judged, which has no interval of its own.
            Judged = interval == null || gate.Metric.IsSigned ? null : new(value, interval, bound, Sign > 0),
        };
        return new(
            outcome,
            seen == null ? 1 : gate.Metric.IsSigned ? Math.Min(seen.TailAbove(bound), seen.TailBelow(-bound)) : Beyond(seen, bound));
    }

    private double Beyond(BootstrapDistribution seen, double limit) => Sign > 0 ? seen.TailAbove(limit) : seen.TailBelow(limit);

    private double Furthest(Interval interval, bool worst) => !gate.Metric.IsSigned ? worst == (Sign > 0) ? interval.Upper : interval.Lower
        : worst ? Math.Max(Math.Abs(interval.Lower), Math.Abs(interval.Upper))
        : interval.Lower <= 0 && interval.Upper >= 0 ? 0 : Math.Min(Math.Abs(interval.Lower), Math.Abs(interval.Upper));

    private static string Blocks(Interval? interval) => interval is { Block: > 1 }
        ? string.Create(CultureInfo.InvariantCulture, $" (days depend on one another: blocks of {interval.Block})")
        : "";

    private JudgedGate AgainstBaseline(double value, PredictionSet candidate, PredictionSet baseline)
    {
        var reference = gate.Metric.Of(baseline);
        var better = Sign * (gate.Metric.Judged(value) - gate.Metric.Judged(reference)) < 0;
        var seen = PairedBlockBootstrap.Differences(gate.Metric, candidate, baseline, seed);
        var interval = seen?.Interval(gate.Confidence);
        var (verdict, evidence) = interval == null ? (Verdict.Inconclusive, NoInterval(candidate))
            : Worst(interval) < 0 ? (Verdict.Passed, "better, for certain")
            : Worst(interval) <= Rounding(candidate) && gate.Metric.IsBest(reference, Rounding(candidate))
                ? (Verdict.Passed, "as good as can be, and so is the baseline")
            : Best(interval) > 0 ? (Verdict.Failed, "worse, for certain")
            : !gate.BaselineForCertain && better ? (Verdict.Passed, "better by the point estimate, which is enough by policy")
            : (Verdict.Inconclusive, "no evidence either way");
        var outcome = new GateOutcome(
            $"{gate.Metric.Name} beats {baseline.Predictor}", gate.Metric.Name, value, reference, baseline.Predictor, interval, verdict,
            evidence + Blocks(interval))
        {
            Judged = interval == null ? null : new(value - reference, interval, 0, Sign > 0),
        };
        return new(outcome, seen == null ? 1 : Beyond(seen, 0));
    }

    private JudgedGate AgainstChampion(double value, PredictionSet candidate, ChampionPredictions champion, double margin)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{gate.Metric.Name} not worse than champion by more than {margin:0.##%}");
        if (champion.Predictions is not { } predictions)
        {
            return JudgedGate.Certain(champion.Problem is { } problem
                ? new(claim, gate.Metric.Name, value, null, champion.Name, null, Verdict.Error, problem)
                : new(
                    claim, gate.Metric.Name, value, null, "no champion", null, Verdict.Passed, "nothing serves yet: no comparison",
                    Blocking: false));
        }

        var on = "";
        if (champion.Rows is { } rows)
        {
            (candidate, on) = (
                candidate.Part(rows),
                string.Create(CultureInfo.InvariantCulture, $"; on the {rows.Count:N0} rows that neither was trained on"));
            value = gate.Metric.Of(candidate);
        }

        var reference = gate.Metric.Of(predictions);
        var seen = PairedBlockBootstrap.Differences(gate.Metric, candidate, predictions, seed);
        var interval = seen?.Interval(gate.Confidence);
        var tolerated = Math.Max(margin * Math.Abs(reference), Rounding(candidate));
        var (verdict, evidence) = interval == null ? (Verdict.Inconclusive, NoInterval(candidate))
            : Worst(interval) < 0 ? (Verdict.Passed, "better")
            : Worst(interval) <= tolerated && Best(interval) > 0
                ? (Verdict.Passed, "worse, by less than the margin; by policy it may replace the champion")
            : Worst(interval) <= tolerated
                ? (Verdict.Passed, "no evidence either way within the margin; by policy it may replace the champion")
            : Best(interval) > tolerated ? (Verdict.Failed, "worse by more than the margin")
            : (Verdict.Inconclusive, "the interval reaches over the margin; by policy not deployed");
        var outcome = new GateOutcome(
            claim, gate.Metric.Name, value, reference, champion.Name, interval, verdict, evidence + on + Blocks(interval))
        {
            Judged = interval == null ? null : new(value - reference, interval, Sign * tolerated, Sign > 0),
        };
        return new(outcome, seen == null ? 1 : Beyond(seen, Sign * tolerated));
    }

    private static string NoInterval(PredictionSet candidate) => candidate.Block.Distinct().Count() < PairedBlockBootstrap.MinimumBlocks
        ? $"fewer than {PairedBlockBootstrap.MinimumBlocks} {Units(candidate)} on the hold-out: not enough to compare"
        : $"the metric is undefined when some of the {Units(candidate)} are left out: not enough to compare";

    private static string Units(PredictionSet set) => set.Unit switch
    {
        BlockUnit.Day => "days",
        BlockUnit.Group => "groups",
        _ => "rows",
    };

    // What two correct computers may differ by: equal is equal.
    private double Rounding(PredictionSet rows) =>
        Rounded * (gate.Metric.HasUnit ? Math.Sqrt(rows.Labels.Sum(label => label * label) / rows.Count) : 1);

    private double Worst(Interval interval) => Sign > 0 ? interval.Upper : -interval.Lower;

    private double Best(Interval interval) => Sign > 0 ? interval.Lower : -interval.Upper;
}

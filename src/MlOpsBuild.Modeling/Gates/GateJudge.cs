using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Judges one metric's gates from predictions alone.</summary>
internal sealed class GateJudge(GateSpec gate, long seed)
{
    private int Sign => gate.Metric.Direction == Direction.LowerIsBetter ? 1 : -1;

    public IEnumerable<GateOutcome> Judge(PredictionSet candidate, PredictionSet? baseline, ChampionPredictions champion)
    {
        var value = gate.Metric.Of(ErrorSums.Of(candidate));
        if (gate.Bound is { } bound)
        {
            yield return AgainstBound(value, bound);
        }

        if (baseline != null)
        {
            yield return AgainstBaseline(value, candidate, baseline);
        }

        if (gate.ChampionMargin is { } margin)
        {
            yield return AgainstChampion(value, candidate, champion, margin);
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private GateOutcome AgainstBound(double value, double bound)
    {
        var claim = $"{gate.Metric.Name} {(Sign > 0 ? "at most" : "at least")} {Text(bound)}";
        var verdict = double.IsNaN(value) ? Verdict.Inconclusive : Sign * (value - bound) <= 0 ? Verdict.Passed : Verdict.Failed;
        return new(claim, gate.Metric.Name, value, bound, "bound", null, verdict, verdict switch
        {
            Verdict.Passed => "within the bound",
            Verdict.Failed => "outside the bound",
            _ => "the metric is undefined on these rows",
        });
    }

    private GateOutcome AgainstBaseline(double value, PredictionSet candidate, PredictionSet baseline)
    {
        var reference = gate.Metric.Of(ErrorSums.Of(baseline));
        var interval = PairedBlockBootstrap.Difference(gate.Metric, candidate, baseline, gate.Confidence, seed);
        var (verdict, evidence) = interval == null ? (Verdict.Inconclusive, NoInterval(candidate))
            : Worst(interval) < 0 ? (Verdict.Passed, "better, for certain")
            : Best(interval) > 0 ? (Verdict.Failed, "worse, for certain")
            : !gate.BaselineForCertain && Sign * (value - reference) < 0 ? (Verdict.Passed, "better by the point estimate, which is enough by policy")
            : (Verdict.Inconclusive, "no evidence either way");
        return new($"{gate.Metric.Name} beats {baseline.Predictor}", gate.Metric.Name, value, reference, baseline.Predictor, interval, verdict, evidence);
    }

    private GateOutcome AgainstChampion(double value, PredictionSet candidate, ChampionPredictions champion, double margin)
    {
        var claim = string.Create(CultureInfo.InvariantCulture, $"{gate.Metric.Name} not worse than champion by more than {margin:0.##%}");
        if (champion.Predictions is not { } predictions)
        {
            return champion.Problem is { } problem
                ? new(claim, gate.Metric.Name, value, null, champion.Name, null, Verdict.Error, problem)
                : new(claim, gate.Metric.Name, value, null, "no champion", null, Verdict.Passed, "nothing serves yet: no comparison", Blocking: false);
        }

        var reference = gate.Metric.Of(ErrorSums.Of(predictions));
        var interval = PairedBlockBootstrap.Difference(gate.Metric, candidate, predictions, gate.Confidence, seed);
        var tolerated = margin * Math.Abs(reference);
        var (verdict, evidence) = interval == null ? (Verdict.Inconclusive, NoInterval(candidate))
            : Worst(interval) < 0 ? (Verdict.Passed, "better")
            : Worst(interval) <= tolerated && Best(interval) > 0 ? (Verdict.Passed, "worse, by less than the margin; by policy it may replace the champion")
            : Worst(interval) <= tolerated ? (Verdict.Passed, "no evidence either way within the margin; by policy it may replace the champion")
            : Best(interval) > tolerated ? (Verdict.Failed, "worse by more than the margin")
            : (Verdict.Inconclusive, "the interval reaches over the margin; by policy not deployed");
        return new(claim, gate.Metric.Name, value, reference, champion.Name, interval, verdict, evidence);
    }

    private static string NoInterval(PredictionSet candidate) => candidate.Block.Distinct().Count() < PairedBlockBootstrap.MinimumBlocks
        ? $"fewer than {PairedBlockBootstrap.MinimumBlocks} days on the hold-out: not enough to compare"
        : "the metric is undefined when some of the days are left out: not enough to compare";

    private double Worst(Interval interval) => Sign > 0 ? interval.Upper : -interval.Lower;

    private double Best(Interval interval) => Sign > 0 ? interval.Lower : -interval.Upper;
}

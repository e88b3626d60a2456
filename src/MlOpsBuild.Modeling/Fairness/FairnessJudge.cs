using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Comparison;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Gates;
using static System.FormattableString;

namespace MlOpsBuild.Modeling.Fairness;

/// <summary>Measures how far groups are apart in a rate, and judges it where a limit is declared.</summary>
internal sealed class FairnessJudge(FairnessSpec spec, long seed)
{
    private const double Confidence = 0.95;

    /// <summary>Every rate; none where the model does not tell two classes apart.</summary>
    public IEnumerable<(FairnessOutcome Outcome, JudgedGate? Gate)> Judge(PredictionSet candidate) =>
        candidate.Classes is { IsBinary: true } ? Enum.GetValues<FairnessRate>().Select(rate => Judge(candidate, rate)) : [];

    private (FairnessOutcome Outcome, JudgedGate? Gate) Judge(PredictionSet candidate, FairnessRate rate)
    {
        var blocks = Blocks.Of(candidate);
        var all = GroupCounts.Of(candidate, candidate.Slices[spec.Column], rate, blocks);
        var groups = all.Where(group => group.Rows >= spec.MinimumRows).ToList();
        var pairs = groups.SelectMany((one, place) => groups.Skip(place + 1).Select(other => (One: one, Other: other)))
            .Select(pair => PairedBlockBootstrap.Resample(
                times => pair.One.Rate(times) - pair.Other.Rate(times), blocks.Count, candidate.Unit, seed))
            .ToList();
        var outcome = new FairnessOutcome(
            spec.Column, rate,
            [
                .. groups.Select(group => new GroupRate(
                    spec.NameOf(group.Group), group.Rows, group.Whole,
                    PairedBlockBootstrap.Resample(group.Rate, blocks.Count, candidate.Unit, seed)?.Interval(Confidence))),
            ],
            groups.Count < 2 ? double.NaN : groups.Max(group => group.Whole) - groups.Min(group => group.Whole),
            pairs.Count == 0 || pairs.Contains(null) ? null : Together(pairs!),
            [
                .. all.Where(group => group.Rows < spec.MinimumRows)
                    .Select(group => Invariant($"{spec.NameOf(group.Group)} ({group.Rows} rows)")),
            ]);
        return (outcome, spec.Limits.TryGetValue(rate, out var limit) ? Against(limit, outcome, pairs) : null);
    }

    // Whichever pair is furthest apart: each has its interval at a level that all of them share.
    private static Interval Together(List<BootstrapDistribution> pairs)
    {
        var each = pairs.Select(pair => pair.Interval(1 - ((1 - Confidence) / pairs.Count))).ToList();
        return new(
            each.Max(interval => interval.Lower > 0 ? interval.Lower : interval.Upper < 0 ? -interval.Upper : 0),
            each.Max(interval => Math.Max(Math.Abs(interval.Lower), Math.Abs(interval.Upper))), Confidence,
            each.Max(interval => interval.Block));
    }

    private static JudgedGate Against(double limit, FairnessOutcome outcome, List<BootstrapDistribution?> pairs)
    {
        var name = Named(outcome.Rate);
        var left = outcome.LeftOut.Count == 0 ? "" : $"; too few rows to judge: {string.Join(", ", outcome.LeftOut)}";
        var (verdict, evidence) = outcome.Groups.Count < 2
                ? (Verdict.Inconclusive, "fewer than two groups have enough rows")
            : outcome.Interval is not { } interval ? (Verdict.Inconclusive, "too few days or rows for an interval")
            : (interval.Upper <= limit ? Verdict.Passed : interval.Lower > limit ? Verdict.Failed : Verdict.Inconclusive,
                Invariant($"{Apart(outcome)}; the gap is {interval.Lower:0.###} to {interval.Upper:0.###}"));
        return new(
            new(
                Invariant($"gap of {name} by {outcome.Column} at most {limit:0.####}"), name, outcome.Gap, limit, "bound", null, verdict,
                evidence + left)
            {
                Judged = outcome.Interval is { } known ? new(outcome.Gap, known, limit, GoodBelow: true) : null,
            },
            Math.Min(1, pairs.Count * pairs.Select(pair => pair == null ? 1 : Math.Min(pair.TailAbove(limit), pair.TailBelow(-limit)))
                .DefaultIfEmpty(1).Min()));
    }

    private static string Apart(FairnessOutcome outcome)
    {
        var (most, least) = (outcome.Groups.MaxBy(group => group.Rate)!, outcome.Groups.MinBy(group => group.Rate)!);
        return Invariant($"{most.Group} {most.Rate:0.###}, {least.Group} {least.Rate:0.###}");
    }

    private static string Named(FairnessRate rate) => rate switch
    {
        FairnessRate.Selection => "selection rate",
        FairnessRate.TruePositive => "true positive rate",
        FairnessRate.FalsePositive => "false positive rate",
        _ => throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate without a name."),
    };
}

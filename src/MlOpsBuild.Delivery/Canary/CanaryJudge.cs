using System.Globalization;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;
using static System.FormattableString;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>Decides from what was measured alone; acts on nothing and remembers nothing.</summary>
public sealed class CanaryJudge(CanaryPolicy policy)
{
    private const double SplitAlpha = 5e-4;
    private const double LossShare = 0.5;
    private const int FewestEvents = 4;
    private const int SlowSeconds = 5;
    private const int LevelSeconds = 2;
    private const int FewestSeconds = 3;
    private const double MildEvidence = 3;

    /// <summary>The wealth at which the bet on harm ends a canary: the loss has half of the false alarms for itself.</summary>
    public double LossBound => 1 / (LossShare * policy.FalseAlarm);

    /// <summary>The e-value of harm at which one kind of bad event ends a canary: all kinds share the other half.</summary>
    /// <param name="kinds">Kinds that are looked at.</param>
    public double EventBound(int kinds) => kinds / ((1 - LossShare) * policy.FalseAlarm);

    /// <summary>What follows for a version beside its champion.</summary>
    public (CanaryDecision Decision, string Reason) Decide(CanaryMeasurement seen, bool lastStep)
    {
        if (Harm(seen) is { } harm)
        {
            return (CanaryDecision.Rollback, harm);
        }

        if (seen.LogSampleRatio >= Math.Log(1 / SplitAlpha))
        {
            return (
                CanaryDecision.Inconclusive,
                Invariant($"the split is broken: {seen.CanaryRequests} of {seen.Requests} requests reached the canary (e-value {Value(seen.LogSampleRatio)})"));
        }

        var open = Open(seen).ToList();
        return lastStep && open.Count == 0 ? (CanaryDecision.Promote, Promotion(seen))
            : seen.Requests >= policy.MaximumRequests
                ? (CanaryDecision.Inconclusive, Invariant($"the budget of {policy.MaximumRequests} requests is used; {Waiting(open)}"))
            : (CanaryDecision.Continue, Waiting(open));
    }

    /// <summary>What follows for a first version: without a champion each rate needs a bound under the tolerated one.</summary>
    public (CanaryDecision Decision, string Reason) DecideAlone(CanaryMeasurement seen)
    {
        var worst = seen.Metrics.Where(metric => metric.Event is BadEvent.Error or BadEvent.Refused or BadEvent.Invalid)
            .MaxBy(metric => metric.UpperRate)!;
        var rate = Invariant(
            $"{worst.Event}: {worst.InCanary} of {worst.CanaryExposure}, between {worst.LowerRate:0.##%} and {worst.UpperRate:0.##%}, tolerated {policy.ToleratedRate:0.##%}");
        if (worst.LowerRate > policy.ToleratedRate)
        {
            return (CanaryDecision.Rollback, rate);
        }

        var limit = policy.SlowAfter.TotalMilliseconds;
        var medians = seen.Times?.LastSeconds ?? [];
        var slow = medians.Count > 0 && medians[^1] > limit;
        if (medians.Count >= SlowSeconds && medians.All(median => median > limit))
        {
            return (
                CanaryDecision.Rollback,
                Invariant($"Slow: median answer {medians[^1]:0.#} ms, for {medians.Count} s above the {limit:0.#} ms that a first version must keep"));
        }

        var level = medians.Count >= LevelSeconds && medians.TakeLast(LevelSeconds).All(median => median <= limit);
        return worst.UpperRate <= policy.ToleratedRate && level && seen.CanaryRequests >= policy.MinimumCanaryRequests
            ? (CanaryDecision.Promote, Invariant($"no rate of bad events above {policy.ToleratedRate:0.##%}: at most {worst.UpperRate:0.##%} ({worst.Event}, {worst.InCanary} of {worst.CanaryExposure}); median answer {medians[^1]:0.#} ms"))
            : (
                seen.Requests < policy.MaximumRequests ? CanaryDecision.Continue : CanaryDecision.Rollback,
                slow ? Invariant($"Slow: median answer {medians[^1]:0.#} ms, at most {limit:0.#} ms") : rate);
    }

    private static string Value(double log) => EValue.Of(log).ToString("G4", CultureInfo.InvariantCulture);

    private static string Waiting(List<string> open) =>
        open.Count > 0 ? $"not yet settled: {string.Join(", ", open)}" : "further steps to come";

    private string Tolerated => policy switch
    {
        { LossAllowance: 0 } => Invariant($"{policy.LossMargin:0.##%}"),
        { LossMargin: 0 } => Invariant($"{policy.LossAllowance:0.####}"),
        _ => Invariant($"{policy.LossMargin:0.##%} and {policy.LossAllowance:0.####}"),
    };

    private static string Losses(LossComparison loss) =>
        Invariant($"mean loss {loss.Candidate:G4} against {loss.Champion:G4} on {loss.Rows} {(loss.OnSameRequest == loss.Rows ? "requests that both answered" : "pairs of requests")}");

    private string? Harm(CanaryMeasurement seen)
    {
        if (seen.Loss is { } loss && loss.LogHarm >= Math.Log(LossBound))
        {
            return Invariant(
                $"worse by more than {Tolerated}: {Losses(loss)}; e-value {Value(loss.LogHarm)} ≥ {LossBound:0}");
        }

        var bound = EventBound(seen.Metrics.Count);
        var settled = seen.Metrics.Where(metric => metric.InCanary + metric.InBaseline >= FewestEvents);
        return settled.FirstOrDefault(metric => metric.LogHarm >= Math.Log(bound)) is { } harmful
            ? Invariant($"{harmful.Event}: {harmful.InCanary} of {harmful.CanaryExposure} in the canary against {harmful.InBaseline} of {harmful.BaselineExposure}; e-value {Value(harmful.LogHarm)} ≥ {bound:0}")
            : null;
    }

    private IEnumerable<string> Open(CanaryMeasurement seen)
    {
        if (seen.CanaryRequests < policy.MinimumCanaryRequests)
        {
            yield return Invariant($"{seen.CanaryRequests} of at least {policy.MinimumCanaryRequests} canary answers");
        }

        if (!IsNotWorse(seen))
        {
            yield return seen.Labels == 0 ? "the loss, since no label came" : "the loss";
        }

        foreach (var metric in seen.Metrics.Where(metric => !IsGood(metric) && IsAskedFor(metric, seen)))
        {
            yield return metric.Event.ToString();
        }
    }

    // What labels show is not asked for where none come, and no pairs of answer times where nothing is mirrored;
    // that the loss is unknown is said.
    private static bool IsAskedFor(CanaryMetric metric, CanaryMeasurement seen) => metric.Event switch
    {
        BadEvent.GrossError => seen.Labels > 0,
        BadEvent.Slow or BadEvent.OverLatencyBudget => seen.Change != null,
        _ => true,
    };

    // A candidate that is worse on hardly any row at all is not worse: the bet alone cannot tell two versions without any loss apart.
    private bool IsNotWorse(CanaryMeasurement seen)
    {
        var enough = Math.Log(1 / policy.FalsePromotion);
        return seen.Loss is { } loss
            ? loss.LogNoHarm >= enough || RateBound.Upper(loss.Worse, loss.Rows, policy.FalsePromotion) <= policy.ToleratedRate
            : seen.Labels == 0 && seen.Change?.LogWithin >= enough;
    }

    // Either the comparison rules the margin out, or the rate itself is under the tolerated one.
    private bool IsGood(CanaryMetric metric) => metric.LogNoHarm >= Math.Log(1 / policy.FalsePromotion)
        || (metric.Event is BadEvent.Slow or BadEvent.OverLatencyBudget ? IsFastNow(metric) : metric.UpperRate <= policy.ToleratedRate);

    // Of seconds there are too few for a rate: what is slow goes on until the evidence speaks of harm no more than chance often makes it,
    // or until the slow ones, those of a cold start, are as long ago as they lasted. The newest second was no slow one.
    private static bool IsFastNow(CanaryMetric metric) => metric is { Quiet: > 0, CanaryExposure: >= FewestSeconds }
        && (metric.LogHarm <= Math.Log(MildEvidence) || metric.Quiet >= Math.Max(SlowSeconds, metric.CanaryExposure - metric.Quiet));

    private string Promotion(CanaryMeasurement seen) => seen.Loss is { } loss
        ? Invariant($"not worse by more than {Tolerated}: {Losses(loss)}, e-value {Value(loss.LogNoHarm)}")
        : Invariant($"no label came; predictions changed by {seen.Change!.Mean:0.##%} of the usual error in the mean, within the policy's {policy.UnlabelledChange:0.##%}");
}

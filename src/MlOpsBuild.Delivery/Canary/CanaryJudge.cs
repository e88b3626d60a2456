using System.Globalization;
using MlOpsBuild.Delivery.Statistics;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>Decides from counts alone; acts on nothing and remembers nothing.</summary>
public sealed class CanaryJudge(CanaryPolicy policy)
{
    private const double SplitAlpha = 5e-4;
    private const double BoundAlpha = 0.05;
    private const int FewestEvents = 4;
    private static readonly BadEvent[] Kinds = Enum.GetValues<BadEvent>();

    /// <summary>The e-value of harm from which a canary is rolled back: all kinds of bad events share the probability of a false alarm.</summary>
    /// <param name="kinds">Kinds of bad events that are looked at.</param>
    /// <param name="falseAlarm">Probability of rolling back a version that is no worse, in (0, 1).</param>
    public static double HarmBound(int kinds, double falseAlarm) => kinds / falseAlarm;

    /// <summary>The look at <paramref name="counts"/>, one element per weight used so far.</summary>
    public CanaryLook Look(IReadOnlyList<EpochCounts> counts, double canaryPercent, bool lastStep, DateTimeOffset at)
    {
        var metrics = Kinds.Select(kind => Measure(kind, counts)).ToList();
        var (canary, baseline) = (counts.Sum(epoch => epoch.Canary.Requests), counts.Sum(epoch => epoch.Baseline.Requests));
        var split = counts.Sum(epoch => SampleRatioTest.LogEvidence(epoch.Canary.Requests, epoch.Canary.Requests + epoch.Baseline.Requests, epoch.CanaryShare));
        var (decision, reason) = Decide(metrics, canary, canary + baseline, split, lastStep);
        return new(at, canaryPercent, canary, baseline, metrics, split, decision, reason);
    }

    /// <summary>The look at a first deployment: no baseline, so each rate needs an upper bound under the tolerated one.</summary>
    /// <param name="counts">Counts of the window that is judged.</param>
    /// <param name="at">When.</param>
    /// <param name="total">Requests of all windows so far, which the budget limits; those of this one by default.</param>
    public CanaryLook LookAlone(ArmCounts counts, DateTimeOffset at, int? total = null)
    {
        var metrics = Kinds.Where(kind => kind is BadEvent.Error or BadEvent.Slow or BadEvent.ContractViolation)
            .Select(kind => new CanaryMetric(kind, counts.Of(kind), 0, counts.Requests, 0, 0, 0, RateBound.Upper(counts.Of(kind), counts.Requests, BoundAlpha))).ToList();
        var worst = metrics.MaxBy(metric => metric.UpperRate)!;
        var enough = counts.Requests >= policy.MinimumCanaryRequests;
        var (decision, reason) = worst.UpperRate <= policy.ToleratedRate && enough
            ? (CanaryDecision.Promote, Text($"no rate of bad events above {policy.ToleratedRate:0.##%}: at most {worst.UpperRate:0.##%} ({worst.Event}, {worst.InCanary} of {counts.Requests})"))
            : (total ?? counts.Requests) < policy.MaximumRequests
            ? (CanaryDecision.Continue, Text($"{counts.Requests} requests: the bound on {worst.Event} is {worst.UpperRate:0.##%}, tolerated {policy.ToleratedRate:0.##%}"))
            : (CanaryDecision.Rollback, Text($"{worst.Event}: {worst.InCanary} of {counts.Requests}, upper bound {worst.UpperRate:0.##%} above the tolerated {policy.ToleratedRate:0.##%}"));
        return new(at, 100, counts.Requests, 0, metrics, 0, decision, reason);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private CanaryMetric Measure(BadEvent kind, IReadOnlyList<EpochCounts> counts)
    {
        var labels = counts.Select(epoch => new EventLabels(epoch.CanaryShare, epoch.Canary.Of(kind), epoch.Canary.Of(kind) + epoch.Baseline.Of(kind))).ToList();
        var byLabel = kind is BadEvent.TooHigh or BadEvent.TooLow;
        var canary = counts.Sum(epoch => byLabel ? epoch.Canary.Labels : epoch.Canary.Requests);
        var baseline = counts.Sum(epoch => byLabel ? epoch.Baseline.Labels : epoch.Baseline.Requests);
        var inCanary = labels.Sum(step => step.InCanary);
        return new(
            kind, inCanary, labels.Sum(step => step.Total) - inCanary, canary, baseline,
            EventLabelTest.LogEvidenceOfHarm(labels, policy.ToleratedRatio),
            EventLabelTest.LogEvidenceOfNoHarm(labels, policy.Margin),
            canary > 0 ? RateBound.Upper(inCanary, canary, BoundAlpha) : 1);
    }

    private (CanaryDecision, string) Decide(List<CanaryMetric> metrics, int canary, int total, double split, bool lastStep)
    {
        // The false-alarm budget is shared by the metrics: any one of them may end the canary.
        var harmful = metrics.FirstOrDefault(metric => metric.LogHarm >= Math.Log(HarmBound(Kinds.Length, policy.FalseAlarm)) && metric.InCanary + metric.InBaseline >= FewestEvents);
        if (harmful != null)
        {
            return (CanaryDecision.Rollback, Text(
                $"{harmful.Event}: {harmful.InCanary} of {harmful.CanaryRequests} in the canary against {harmful.InBaseline} of {harmful.BaselineRequests}; e-value {Math.Exp(Math.Min(harmful.LogHarm, 50)):G4} ≥ {HarmBound(Kinds.Length, policy.FalseAlarm):0}"));
        }

        if (split >= Math.Log(1 / SplitAlpha))
        {
            return (CanaryDecision.Inconclusive, Text($"the split is broken: {canary} of {total} requests reached the canary (e-value {Math.Exp(Math.Min(split, 50)):G4})"));
        }

        var open = metrics.Where(metric => !IsGood(metric)).ToList();
        if (lastStep && canary >= policy.MinimumCanaryRequests && open.Count == 0)
        {
            return (CanaryDecision.Promote, Text($"no metric is worse by {policy.Margin:0.##} times or more, after {canary} canary requests"));
        }

        var waiting = canary < policy.MinimumCanaryRequests
            ? Text($"{canary} of at least {policy.MinimumCanaryRequests} canary requests")
            : open.Count > 0 ? $"not yet settled: {string.Join(", ", open.Select(metric => metric.Event))}" : "further steps to come";
        return total >= policy.MaximumRequests
            ? (CanaryDecision.Inconclusive, Text($"the budget of {policy.MaximumRequests} requests is used; {waiting}"))
            : (CanaryDecision.Continue, waiting);
    }

    // Either the comparison rules the margin out, or there are so few events that the rate itself is under the tolerated one;
    // a metric that needs labels is not asked for where none come.
    private bool IsGood(CanaryMetric metric) =>
        metric.LogNoHarm >= Math.Log(1 / policy.FalsePromotion)
        || metric.UpperRate <= policy.ToleratedRate
        || (metric.Event is BadEvent.TooHigh or BadEvent.TooLow && metric.CanaryRequests + metric.BaselineRequests == 0);
}

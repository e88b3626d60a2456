using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>A canary's course: the evidence for and against it at each look, and where each would have ended it.</summary>
public static class CanaryChart
{
    private const double Beside = 0.3;

    /// <summary>The chart; null where nothing was compared.</summary>
    /// <param name="looks">The judge's looks.</param>
    /// <param name="policy">The policy it was judged by; null when it is not known.</param>
    public static Chart? Of(IReadOnlyList<CanaryLook> looks, CanaryPolicy? policy)
    {
        // Without a baseline there was no comparison.
        if (looks.Count < 2 || looks[^1].Seen.BaselineRequests == 0)
        {
            return null;
        }

        var judge = policy == null ? null : new CanaryJudge(policy);
        var points = looks
            .Select(look => (
                Seconds: (look.At - looks[0].At).TotalSeconds, Loss: look.Seen.Loss,
                Events: look.Seen.Metrics.Max(metric => metric.LogHarm), look.CanaryPercent))
            .ToList();
        return new()
        {
            Title = "Canary: evidence (ln e-value) over time, with its share of the traffic",
            Form = ChartForm.Lines,
            Marks = [.. points.Select(point => new ChartMark(
                point.Seconds, string.Create(CultureInfo.InvariantCulture, $"{point.Seconds:0.#} s, {point.CanaryPercent:0.#} %")))],
            Series =
            [
                new("loss is worse", [.. points.Select(point => new ChartPoint(point.Seconds, point.Loss?.LogHarm ?? 0))]),
                new("loss is not worse", [.. points.Select(point => new ChartPoint(point.Seconds, point.Loss?.LogNoHarm ?? 0))]),
                new("bad events", [.. points.Select(point => new ChartPoint(point.Seconds, point.Events))]),
            ],
            Levels = judge == null ? [] :
            [
                .. LevelsOf(
                    Math.Log(judge.LossBound), Math.Log(1 / policy!.FalsePromotion),
                    Math.Log(judge.EventBound(looks[^1].Seen.Metrics.Count))),
            ],
        };
    }

    // Two bounds beside one another are told in one line: two could not be read.
    private static IEnumerable<ChartLevel> LevelsOf(double loss, double noHarm, double events)
    {
        var together = Math.Abs(loss - events) < Beside;
        yield return new(loss, together ? "worse, or bad events, above this: rolled back" : "worse above this: rolled back");
        yield return new(noHarm, "not worse above this: promoted");
        if (!together)
        {
            yield return new(events, "bad events above this: rolled back");
        }
    }
}

using System.Globalization;
using MlOpsBuild.Delivery.Canary;

namespace MlOpsBuild.Reporting.Charts;

/// <summary>A canary's course: the strongest evidence against it at each look, and where it would have ended.</summary>
internal static class CanaryChart
{
    /// <summary>The chart; null where nothing was compared.</summary>
    /// <param name="looks">The judge's looks.</param>
    /// <param name="falseAlarm">The policy's probability of a false alarm; null when it is not known.</param>
    public static Chart? Of(IReadOnlyList<CanaryLook> looks, double? falseAlarm)
    {
        // Without a baseline there was no comparison.
        if (looks.Count < 2 || looks[0].BaselineRequests == 0)
        {
            return null;
        }

        var points = looks.Select(look => (Seconds: (look.At - looks[0].At).TotalSeconds, Harm: look.Metrics.Max(metric => metric.LogHarm), look.CanaryPercent)).ToList();
        return new()
        {
            Title = "Canary: strongest evidence of harm (ln e-value) over time, with its share of the traffic",
            Form = ChartForm.Lines,
            Marks = [.. points.Select(point => new ChartMark(point.Seconds, string.Create(CultureInfo.InvariantCulture, $"{point.Seconds:0.#} s, {point.CanaryPercent:0.#} %")))],
            Series = [new("evidence of harm", [.. points.Select(point => new ChartPoint(point.Seconds, point.Harm))])],
            Levels = falseAlarm is { } probability ? [new(Math.Log(CanaryJudge.HarmBound(looks[0].Metrics.Count, probability)), "rolled back above this")] : [],
        };
    }
}

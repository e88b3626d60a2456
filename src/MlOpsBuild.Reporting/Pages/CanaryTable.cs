using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Modeling.Statistics;
using MlOpsBuild.Reporting.Model;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>What was seen of a canary at its last look, as a table: what is judged and what is only shown.</summary>
internal static class CanaryTable
{
    public static ReportTable Of(CanaryMeasurement seen) => new(
        ["seen", "canary", "baseline", "e-value: worse", "e-value: not worse", "rate at most"],
        [.. Loss(seen.Loss), .. seen.Metrics.Select(Event), .. Times(seen.Times), .. Change(seen.Change)]);

    private static IEnumerable<IReadOnlyList<string>> Loss(LossComparison? loss)
    {
        if (loss != null)
        {
            yield return
            [
                Invariant($"mean loss, {loss.Rows:N0} pairs"), ReportText.Number(loss.Candidate), ReportText.Number(loss.Champion),
                Value(loss.LogHarm), Value(loss.LogNoHarm), ""
            ];
            yield return
            [
                "bias (shown, not judged)", ReportText.Signed(loss.CandidateBias), ReportText.Signed(loss.ChampionBias), "", "", ""
            ];
        }
    }

    private static IReadOnlyList<string> Event(CanaryMetric metric) =>
    [
        ReportText.Words(metric.Event), Invariant($"{metric.InCanary} of {metric.CanaryExposure:N0}"),
        Invariant($"{metric.InBaseline} of {metric.BaselineExposure:N0}"),
        Value(metric.LogHarm), Value(metric.LogNoHarm), ReportText.Share(metric.UpperRate),
    ];

    private static IEnumerable<IReadOnlyList<string>> Times(AnswerTimeComparison? times)
    {
        if (times != null)
        {
            yield return
            [
                "median answer, ms", ReportText.Number(times.Candidate), ReportText.Number(times.Champion), "", "",
                times.Ratio is { } ratio ? Invariant($"ratio {ratio:0.00} [{times.RatioLower:0.00}, {times.RatioUpper:0.00}]") : ""
            ];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Change(PredictionChange? change)
    {
        if (change != null)
        {
            yield return ["change of predictions, of the usual error", ReportText.Share(change.Mean), "", "", "", ""];
        }
    }

    private static string Value(double log) => EValue.Of(log).ToString("G3", CultureInfo.InvariantCulture);
}

using System.Globalization;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>What was seen of a canary at its last look, as a table: what is judged and what is only shown.</summary>
internal static class CanaryTable
{
    private const double Largest = 50;

    public static ReportTable Of(CanaryMeasurement seen) => new(
        ["seen", "canary", "baseline", "e-value: worse", "e-value: not worse", "rate at most"],
        [.. Loss(seen.Loss), .. seen.Metrics.Select(Event), .. Times(seen.Times), .. Change(seen.Change)]);

    private static IEnumerable<IReadOnlyList<string>> Loss(LossComparison? loss)
    {
        if (loss != null)
        {
            yield return [Text($"mean loss, {loss.Rows:N0} pairs"), ReportText.Number(loss.Candidate), ReportText.Number(loss.Champion), Value(loss.LogHarm), Value(loss.LogNoHarm), ""];
            yield return ["bias (shown, not judged)", ReportText.Signed(loss.CandidateBias), ReportText.Signed(loss.ChampionBias), "", "", ""];
        }
    }

    private static IReadOnlyList<string> Event(CanaryMetric metric) =>
    [
        ReportText.Words(metric.Event), Text($"{metric.InCanary} of {metric.CanaryExposure:N0}"), Text($"{metric.InBaseline} of {metric.BaselineExposure:N0}"),
        Value(metric.LogHarm), Value(metric.LogNoHarm), ReportText.Share(metric.UpperRate),
    ];

    private static IEnumerable<IReadOnlyList<string>> Times(AnswerTimeComparison? times)
    {
        if (times != null)
        {
            yield return ["median answer, ms", ReportText.Number(times.Candidate), ReportText.Number(times.Champion), "", "", times.Ratio is { } ratio ? Text($"ratio {ratio:0.00} [{times.RatioLower:0.00}, {times.RatioUpper:0.00}]") : ""];
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Change(PredictionChange? change)
    {
        if (change != null)
        {
            yield return ["change of predictions, of the usual error", ReportText.Share(change.Mean), "", "", "", ""];
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Value(double log) => Math.Exp(Math.Min(Largest, log)).ToString("G3", CultureInfo.InvariantCulture);
}

using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Rendering;
using static System.FormattableString;

namespace MlOpsBuild.Reporting.Operations;

/// <summary>Figures of delivery in words, a table and pictures.</summary>
public sealed class OperationsReport(OperationsMetrics metrics)
{
    private const string Template = "operations.html.sbn";
    private const int DaysOfWeek = 7;

    /// <summary>The figures, a line each, with what they rest on.</summary>
    public ReportTable Summary => new(
        ["measure", "value", "from"],
        [
            Row(
                "deployment frequency", Invariant($"{metrics.DeploymentsPerWeek:0.##} a week"),
                Count(metrics.Changes.Count, "version", "took over")),
            Row(
                "lead time for changes", Span(metrics.LeadTimeHours * 3600),
                Count(metrics.Changes.Count(change => change.LeadTime != null), "version", "with a known commit, median")),
            Row("change failure rate", metrics.ChangeFailureRate is { } rate ? Invariant($"{rate:0.#%}") : "", Failures),
            Row(
                "time to recover", Span(metrics.RecoveryMinutes * 60),
                Count(
                    metrics.Changes.Count(change => change is { Noticed: true, Recovered: not null }), "bad version",
                    "noticed by Monitor, median")),
            Row("rollback time", Span(metrics.RollbackSeconds), Count(metrics.Rollbacks.Count, "rollback", "measured, median")),
            Row("training duration", Span(metrics.TrainingSeconds), Trainings),
            metrics.Quality is [.., var last]
                ? Row(
                    "model quality", $"{last.Metric} {ReportText.Number(last.Value)}",
                    Invariant($"v{last.Version}, {metrics.Quality.Count} versions tested"))
                : Row("model quality", "", "no version was tested"),
        ]);

    /// <summary>Quality of the versions; null with fewer than two.</summary>
    public Chart? Quality => QualityChart.Of(metrics.Quality);

    /// <summary>Versions that took over, week by week; null without any.</summary>
    public Chart? Deployments
    {
        get
        {
            var weeks = Math.Max(1, (int)Math.Ceiling((metrics.Until - metrics.From).TotalDays / DaysOfWeek));
            double[] good = new double[weeks], bad = new double[weeks];
            foreach (var change in metrics.Changes)
            {
                var week = Math.Min((int)((change.At - metrics.From).TotalDays / DaysOfWeek), weeks - 1);
                (change.Failed == null ? good : bad)[week]++;
            }

            return metrics.Changes.Count == 0 ? null : new()
            {
                Title = "versions that took over, week by week", Form = ChartForm.Bars,
                Marks =
                [
                    .. Enumerable.Range(0, weeks)
                        .Select(week => new ChartMark(week, Invariant($"{metrics.From.AddDays(week * DaysOfWeek):MMM d}"))),
                ],
                Series =
                [
                    new("went well", [.. good.Select((count, week) => new ChartPoint(week, count))]),
                    new("were found bad", [.. bad.Select((count, week) => new ChartPoint(week, count))]),
                ],
            };
        }
    }

    /// <summary>The page: it needs no network and no scripts.</summary>
    public string Html() => new ScribanRenderer(TextFormat.Html).Render(
        EmbeddedText.Read(typeof(ReportTemplate).Assembly, Template),
        new
        {
            metrics.Pipeline, metrics.Environment, From = Invariant($"{metrics.From:yyyy-MM-dd}"),
            Until = Invariant($"{metrics.Until:yyyy-MM-dd}"), Summary,
            Charts = new[] { Quality, Deployments }.OfType<Chart>()
                .Select(chart => new { chart.Title, Svg = SvgChart.Draw(chart) }).ToList(),
            Style = EmbeddedText.Read(typeof(ReportTemplate).Assembly, "style.css"),
        });

    private string Failures =>
        Invariant($"{metrics.Changes.Count(change => change.Failed != null)} of {metrics.Changes.Count} found bad later; {metrics.StoppedByCanary} more stopped by their canary before");

    private string Trainings => Count(metrics.Trainings.Count, "training", "done, median")
        + (metrics.TrainingSecondsNinety is { } ninety ? $"; nine of ten within {Span(ninety)}" : "");

    private static IReadOnlyList<string> Row(string measure, string value, string from) =>
        [measure, value.Length > 0 ? value : "not known", from];

    private static string Count(int count, string what, string of) => Invariant($"{count} {what}{(count == 1 ? "" : "s")} {of}");

    private static string Span(double? seconds) => seconds switch
    {
        null => "",
        < 1 => Invariant($"{seconds * 1000:0} ms"),
        < 120 => Invariant($"{seconds:0.##} s"),
        < 7200 => Invariant($"{seconds / 60:0.#} min"),
        < 172_800 => Invariant($"{seconds / 3600:0.#} h"),
        _ => Invariant($"{seconds / 86_400:0.#} days"),
    };
}

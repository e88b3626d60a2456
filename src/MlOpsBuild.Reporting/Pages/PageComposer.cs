using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Canary;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Charts;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>Puts a report into words.</summary>
public static class PageComposer
{
    // Hosts stop drawing when a page's charts together are long.
    private const int MermaidTogether = 1_900;

    /// <summary>The page of <paramref name="report"/>.</summary>
    /// <param name="report">The report.</param>
    /// <param name="origin">Who made the figures, where that matters for how far they are trusted.</param>
    /// <param name="pictures">Whether charts are drawn as pictures too.</param>
    public static ReportPage Of(Report report, string? origin = null, bool pictures = true) => new()
    {
        Pipeline = report.Pipeline,
        Verdict = report.Verdict.ToString(),
        Sign = ReportText.Sign(report.Verdict),
        Answer = report.Answer,
        Effect = report.EffectText,
        NextStep = report.NextStep,
        Stale = report.Stale,
        Simulated = report.Simulated,
        Origin = origin,
        Gates = [.. report.Gates.Select(gate => Gate(gate, report))],
        HasChampion = report.Gates.Any(gate => gate.Champion != null),
        HasMergeBase = report.HasMergeBase,
        Baseline = report.Baseline,
        First = SummaryOf.First(report),
        Summary = SummaryOf.Report(report),
        Deployment = report.Deployment is { } deployment
            ? $"v{deployment.Version} on {deployment.Environment}: {ReportText.Words(deployment.Outcome)} ({deployment.Reason})"
            : null,
        DeploymentVerdict = VerdictOf(report.Deployment)?.ToString() ?? "",
        DeploymentSign = VerdictOf(report.Deployment) is { } verdict ? ReportText.Sign(verdict) : "",
        Canary = report.Deployment?.LastLook is { } look ? CanaryTable.Of(look.Seen) : null,
        Experiment = report.Experiment?.Lines ?? [],
        ExperimentArms = report.Experiment?.Arms ?? new([], []),
        Metrics = Metrics(report),
        Slices = Slices(report),
        WeakSlices = WeakSliceTable.Of(report.WeakSlices),
        Answers = AnswerTable.Of(report.Answers),
        Fairness = FairnessTable.Of(report.Fairness),
        Importance = ImportanceTable.Of(report.Explanation),
        Data = DataText.Lines(report),
        Drift = DataText.Drift(report),
        Checks = [.. report.Checks.Select(check => new CheckRow(
            ReportText.Sign(check.Verdict), check.Check, check.Verdict.ToString(), check.Evidence))],
        Cost = new(["", "candidate", "champion"], [.. report.Cost.Select(cost => (IReadOnlyList<string>)
        [
            $"{cost.What}, {cost.Unit}", ReportText.Number(cost.Candidate), ReportText.Number(cost.Champion)
        ])]),
        Charts = Draw(report.Charts, pictures),
        Stages = new(["stage", "result", "time", "key"], [.. report.Stages.Select(Stage)]),
        Lineage = [.. report.Lineage.Select(fact => new LineageRow(
            fact.What, fact.Value, fact.Link is { IsAbsoluteUri: true, Scheme: "https" or "http" } link ? link.AbsoluteUri : null))],
        Reproduce = report.Reproduce,
    };

    private static Verdict? VerdictOf(ReportDeployment? deployment) => deployment == null ? null : DeploymentVerdict.Of(deployment.Outcome);

    private static GateRow Gate(ReportGate gate, Report report) => new(
        gate.Blocking ? ReportText.Sign(gate.Verdict) : ReportText.Unknown,
        gate.Gate,
        ReportText.Arrow(gate.Direction),
        ReportText.Number(gate.Candidate),
        gate.Reference is { } reference ? $"{ReportText.Number(reference)} ({Against(gate, report)})" : gate.ReferenceName,
        Difference(gate),
        ReportText.Number(gate.Champion),
        gate.MergeBase is { } there ? $"{ReportText.Number(there)} ({ReportText.Signed(gate.Candidate - there)})" : ReportText.Unknown,
        gate.Blocking ? gate.Verdict.ToString() : "Informs",
        gate.Evidence)
    {
        Against = gate.Reference is { } compared ? $"{Against(gate, report)} {ReportText.Number(compared)}" : "",
    };

    private static string Difference(ReportGate gate) =>
        gate is { Difference: { } difference, Reference: { } from }
            ? $"{ReportText.Signed(gate.Candidate - from)} {ReportText.Of(difference)}"
            : "";

    private static string Against(ReportGate gate, Report report) =>
        gate.ReferenceName == "champion" ? $"champion v{report.Champion}" : gate.ReferenceName;

    private static ReportTable Metrics(Report report)
    {
        var predictors = report.Predictors.Keys.OrderBy(name => name == "candidate" ? 0 : name == "champion" ? 1 : 2)
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();
        var names = predictors.SelectMany(predictor => report.Predictors[predictor]).Select(metric => metric.Name).Distinct();
        return new(["metric", .. predictors], [.. names.Select(name => (IReadOnlyList<string>)
            [
                name,
                .. predictors.Select(predictor => Metric(report.Predictors[predictor].FirstOrDefault(metric => metric.Name == name)))
            ])]);
    }

    private static string Metric(MetricValue? metric) => metric switch
    {
        null => ReportText.Unknown,
        { Interval: { } interval } =>
            $"{ReportText.Number(metric.Value)} [{ReportText.Number(interval.Lower)}, {ReportText.Number(interval.Upper)}]",
        _ => ReportText.Number(metric.Value),
    };

    private static ReportTable Slices(Report report) => new(
        ["slice", "rows", "metric", "candidate", "champion", "difference [95 %]", ""],
        [.. report.Slices.OrderByDescending(slice => slice.Move).Select(slice => (IReadOnlyList<string>)
        [
            $"{slice.Column} = {slice.Value}", ReportText.Rows(slice.Rows), slice.Metric, ReportText.Number(slice.Candidate),
            ReportText.Number(slice.Champion),
            slice is { Difference: { } difference, Champion: { } champion }
                ? $"{ReportText.Signed(slice.Candidate - champion)} {ReportText.Of(difference)}"
                : "",
            slice.Move switch { SliceMove.Better => "better", SliceMove.Worse => "worse", _ => "" },
        ])]);

    private static IReadOnlyList<string> Stage(StageOutcome stage) =>
    [
        stage.Stage, stage.Restored ? "restored" : $"ran: {stage.Reason}",
        string.Create(CultureInfo.InvariantCulture, $"{(stage.Restored ? stage.OriginalSeconds : stage.Seconds):0.00} s"),
        stage.Key.Abbreviated,
    ];

    private static List<DrawnChart> Draw(IReadOnlyList<Chart> charts, bool pictures)
    {
        var left = MermaidTogether;
        var drawn = new List<DrawnChart>();
        foreach (var chart in charts.Where(chart => chart.Series.Any(series => series.Points.Count > 0)))
        {
            var mermaid = MermaidChart.Draw(chart) is { } text && text.Length <= left ? text : null;
            left -= mermaid?.Length ?? 0;
            drawn.Add(new(chart.Title, pictures ? SvgChart.Draw(chart) : "", TextChart.Draw(chart), mermaid, MermaidChart.Legend(chart)));
        }

        return drawn;
    }
}

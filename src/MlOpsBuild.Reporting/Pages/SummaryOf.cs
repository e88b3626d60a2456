using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Fairness;
using MlOpsBuild.Modeling.Slices;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>What one should know beside the gates, one line each.</summary>
internal static class SummaryOf
{
    private const int MostSlices = 3;

    /// <summary>What a reviewer asks before looking at any gate: what changed, where it got worse, what would decide it.</summary>
    public static IReadOnlyList<SummaryLine> First(Report report) => Lines(
        report.ChangedSince is { } since
            ? new(
                "Changed",
                $"{(report.Changes.Count > 0 ? string.Join("; ", report.Changes) : "nothing that is recorded")} (since {since})")
            : null,
        Slices(report.Slices) is { } slices ? new("Slices", slices) : null,
        report.WouldDecide is { } needed ? new("Would decide it", needed) : null);

    /// <summary>What one should know beside the gates.</summary>
    public static IReadOnlyList<SummaryLine> Report(Report report) => Lines(
        AnswerTable.Line(report.Answers) is { } answers ? new("Answers", answers) : null,
        Weak(report.WeakSlices) is { } weak ? new("Weak where", weak) : null,
        Fair(report.Fairness) is { } fair ? new("Groups", fair) : null,
        report.Claim is { } claim ? new("Worth", claim) : null,
        DataText.Summary(report) is { } data ? new("Data", data) : null,
        Checks(report.Checks) is { } checks ? new("Behaviour", checks) : null,
        Cost(report.Cost) is { } cost ? new("Cost", cost) : null);

    private static IReadOnlyList<SummaryLine> Lines(params SummaryLine?[] lines) => [.. lines.OfType<SummaryLine>()];

    private static string? Slices(IReadOnlyList<ReportSlice> slices)
    {
        var compared = slices.Where(slice => slice.Move != SliceMove.NotCompared).ToList();
        var moved = compared.Where(slice => slice.Move is SliceMove.Better or SliceMove.Worse)
            .OrderByDescending(slice => slice.Move)
            .ToList();
        return slices.Count == 0 ? null
            : compared.Count == 0 ? $"{slices.Count} figures, nothing to compare them with"
            : moved.Count == 0 ? $"none of {compared.Count} figures moved against the champion"
            : $"{moved.Count} of {compared.Count} figures moved: {string.Join("; ", moved.Take(MostSlices).Select(Slice))}{(moved.Count > MostSlices ? "; …" : "")}";
    }

    private static string Slice(ReportSlice slice) =>
        $"{slice.Metric} {(slice.Move == SliceMove.Worse ? "worse" : "better")} where {slice.Column} = {slice.Value} ({ReportText.Number(slice.Candidate)}, champion {ReportText.Number(slice.Champion)})";

    private static string? Weak(IReadOnlyList<FoundSlice> slices) => slices.Count == 0 ? null
        : string.Join("; ", slices.Take(MostSlices).Select(slice =>
            $"{slice.Describe()} ({slice.Metric} {ReportText.Number(slice.Candidate)}, elsewhere {ReportText.Number(slice.Elsewhere)}, {ReportText.Rows(slice.Rows)} rows)"))
            + (slices.Count > MostSlices ? $"; {slices.Count - MostSlices} more" : "");

    private static string? Fair(IReadOnlyList<FairnessOutcome> outcomes) => outcomes.Count == 0 ? null
        : string.Join("; ", outcomes.Where(outcome => !double.IsNaN(outcome.Gap)).Select(outcome =>
            $"{ReportText.Words(outcome.Rate)} rate by {outcome.Column} {ReportText.Number(outcome.Gap)} apart"
            + (outcome.Interval is { } interval ? $" [{ReportText.Number(interval.Lower)}, {ReportText.Number(interval.Upper)}]" : "")));

    private static string? Checks(IReadOnlyList<CheckOutcome> checks)
    {
        var failed = checks.Where(check => check.Verdict != Verdict.Passed).Select(check => check.Check).ToList();
        return checks.Count == 0 ? null
            : failed.Count == 0
                ? $"{checks.Count} of {checks.Count} tests passed ({string.Join(", ", checks.Select(check => check.Check))})"
            : $"{failed.Count} of {checks.Count} tests did not pass: {string.Join(", ", failed)}";
    }

    private static string? Cost(IReadOnlyList<ReportCost> costs) => costs.Count == 0 ? null : string.Join(", ", costs.Select(cost =>
        $"{cost.What} {ReportText.Number(cost.Candidate)} {cost.Unit}{(cost.Champion is { } champion ? $" (champion {ReportText.Number(champion)})" : "")}"));
}

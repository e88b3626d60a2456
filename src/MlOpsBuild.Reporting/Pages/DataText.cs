using System.Globalization;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Pages;

/// <summary>The data of a report in words.</summary>
internal static class DataText
{
    public static IReadOnlyList<string> Lines(Report report) =>
    [
        .. report.Data is { } data ? Compared(report, data) : [],
        .. report.PersonalColumns switch
        {
            null => ["The contract is not known here: no column is shown, because any might hold personal data"],
            > 0 and var count => [$"{Counted(count, "column")} of personal data: not shown"],
            _ => Array.Empty<string>(),
        },
    ];

    public static ReportTable Drift(Report report) => new(
        ["column", "stability index", "by chance", "mean before", "mean", "missing before", "missing", ""],
        [.. (report.Data is { Same: false, Difference: { } difference } ? difference.Columns : []).Select(column => (IReadOnlyList<string>)
        [
            column.Column, ReportText.Number(column.Index), ReportText.Number(column.ByChance), ReportText.Number(column.ReferenceMean),
            ReportText.Number(column.Mean),
            ReportText.Share(column.ReferenceMissing), ReportText.Share(column.Missing),
            column.Verdict switch { Core.Verdict.Failed => "moved", Core.Verdict.Inconclusive => "cannot tell", _ => "" },
        ])]);

    /// <summary>The data in one line; null when there is nothing to compare them with.</summary>
    public static string? Summary(Report report)
    {
        return report.Data switch
        {
            null => null,
            { Same: true } data => $"the same as {data.ComparedWith}'s ({ReportText.Rows(report.Rows ?? 0)} rows)",
            { Difference: null } data => $"other than {data.ComparedWith}'s, whose profile is not known here",
            { Difference: { } difference } data =>
                $"{ReportText.Rows(difference.Rows)} rows ({Change(difference.Rows - difference.ReferenceRows)} {data.ComparedWith}), "
                + $"{(difference.Contract.Count == 0 ? "the same contract" : Counted(difference.Contract.Count, "change") + " of the contract")}, {Moved(difference.Columns)}{NotCompared(difference.NotCompared)}",
        };
    }

    private static IEnumerable<string> Compared(Report report, ReportData data) =>
        [Summary(report)!, .. data.Difference?.Contract ?? []];

    private static string Moved(IReadOnlyList<Data.Differences.ColumnDrift> columns)
    {
        var moved = columns.Where(column => column.Moved).ToList();
        return columns.Count == 0 ? "drift not known"
            : columns.All(column => column.Verdict == Core.Verdict.Inconclusive)
            ? "too few rows to tell drift from chance"
            : moved.Count == 0
            ? $"no drift in {Counted(columns.Count, "column")}"
            : $"drift in {moved.Count} of {Counted(columns.Count, "column")}: {string.Join(", ", moved.Take(3).Select(column => $"{column.Column} ({ReportText.Number(column.Index)})"))}{(moved.Count > 3 ? ", …" : "")}";
    }

    private static string NotCompared(IReadOnlyList<string> columns) =>
        columns.Count == 0 ? "" : $", {columns.Count} not compared: {string.Join(", ", columns.Take(3))}{(columns.Count > 3 ? ", …" : "")}";

    private static string Change(int rows) =>
        rows == 0 ? "as many as" : string.Create(CultureInfo.InvariantCulture, $"{rows:+#,0;−#,0} since");

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}

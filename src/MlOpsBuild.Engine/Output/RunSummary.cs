using System.Globalization;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Output;

/// <summary>The table at the end of a run.</summary>
internal static class RunSummary
{
    private const int LongestFailure = 90;
    private static readonly string[] Headers = ["Target", "Status", "Time", "Notes"];

    public static void Write(BuildConsole console, IReadOnlyCollection<ExecutableTarget> plan, Verbosity verbosity)
    {
        var rows = Rows(plan);
        if (rows.Count <= 1 && rows.TrueForAll(target => target.Status == ExecutionStatus.Succeeded) || verbosity == Verbosity.Quiet)
        {
            return;
        }

        console.Print();
        console.SummaryTable(Headers, rows.Select(target => (Cells(target), Tone(target.Status))));
    }

    /// <summary>The table for a host's own page; empty when nothing was planned.</summary>
    public static string Markdown(IReadOnlyCollection<ExecutableTarget> plan, Func<string, string> masked)
    {
        var lines = Rows(plan).Select(target => $"| {string.Join(" | ", Cells(target).Select(masked).Select(Escaped))} |\n").ToList();
        return lines.Count == 0 ? "" : $"| {string.Join(" | ", Headers)} |\n| --- | --- | ---: | --- |\n{string.Concat(lines)}\n";
    }

    private static List<ExecutableTarget> Rows(IReadOnlyCollection<ExecutableTarget> plan) =>
        [.. plan.Where(target => target.Status != ExecutionStatus.Collective)];

    private static IReadOnlyList<string> Cells(ExecutableTarget target) =>
        [target.Name, target.Status.ToString(), Time(target), Notes(target)];

    private static string Time(ExecutableTarget target) =>
        target.Duration == TimeSpan.Zero ? "" : target.Duration.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture);

    private static string Notes(ExecutableTarget target) => target.Skipped ?? string.Join(
        ", ",
        target.SummaryInformation.Select(pair => pair.Value.Length > 0 ? $"{pair.Key}: {pair.Value}" : pair.Key)
            .Concat(target.Failure is { } failure ? [Short(failure)] : []));

    // Said in full above the table.
    private static string Short(string text) => text.Length <= LongestFailure ? text : text[..LongestFailure] + " …";

    private static ConsoleTone Tone(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => ConsoleTone.Good,
        ExecutionStatus.Failed or ExecutionStatus.Aborted => ConsoleTone.Bad,
        ExecutionStatus.NotRun => ConsoleTone.Warning,
        _ => ConsoleTone.Faint,
    };

    private static string Escaped(string cell) => System.Net.WebUtility.HtmlEncode(cell.ReplaceLineEndings(" "))
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal)
        .Replace("@", "@<!-- -->", StringComparison.Ordinal);
}

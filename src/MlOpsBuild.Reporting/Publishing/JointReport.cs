using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Rendering;
using MlOpsBuild.Reporting.Model;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Reports on several pipelines as one comment that fits the host: a table of all first, the worst first, then each report folded, as
/// many as there is room for.
/// </summary>
public static class JointReport
{
    private const int LongestAnswer = 200;
    private const int LeastPart = 1_000;

    /// <summary>What <paramref name="parts"/> are published as.</summary>
    /// <param name="name">What the comment is called in its marker.</param>
    /// <param name="parts">The reports.</param>
    public static Publication Of(string name, IReadOnlyList<Publication> parts)
    {
        var sorted = Sorted(parts);
        return new(name, parts.Select(part => part.Verdict).Worst(), Answer(sorted), Write(sorted, int.MaxValue, null))
        {
            JudgesCommit = false, Parts = sorted
        };
    }

    /// <summary>The text, in at most <paramref name="room"/> characters.</summary>
    /// <param name="parts">The reports.</param>
    /// <param name="room">What the host takes.</param>
    /// <param name="fullReport">Where the whole reports are, or null.</param>
    public static string Write(IReadOnlyList<Publication> parts, int room, Uri? fullReport)
    {
        var sorted = Sorted(parts);
        var note = Note(sorted.Count, fullReport);
        var text = new StringBuilder(Table(sorted, room - note.Length));
        for (var next = 0; next < sorted.Count; next++)
        {
            var last = next == sorted.Count - 1;
            var (head, tail) = ($"\n<details><summary>{Title(sorted[next])}</summary>\n\n", "\n\n</details>\n");
            var left = room - text.Length - head.Length - tail.Length - (last ? 0 : note.Length);
            var report = sorted[next].Markdown.TrimEnd();
            if (report.Length > left && left < LeastPart)
            {
                return text + Note(sorted.Count - next, fullReport);
            }

            text.Append(head).Append(CommentBody.Cut(report, left, fullReport)).Append(tail);
        }

        return text.ToString();
    }

    private static List<Publication> Sorted(IEnumerable<Publication> parts) =>
        [.. parts.OrderByDescending(part => part.Verdict).ThenBy(part => part.Pipeline, StringComparer.Ordinal)];

    private static string Answer(List<Publication> parts) =>
        $"{parts.Count} pipelines: {string.Join(", ", parts.CountBy(part => part.Verdict)
            .Select(count => $"{count.Value} {(count.Key == Verdict.Error ? "with errors" : count.Key.ToString().ToLowerInvariant())}"))}";

    private static string Table(List<Publication> parts, int room)
    {
        var text = new StringBuilder(
            $"## {ReportText.Sign(parts.Select(part => part.Verdict).Worst())} {Answer(parts)}\n\n| | pipeline | verdict | may this be merged? |\n|---|---|---|---|\n");
        foreach (var (index, part) in parts.Index())
        {
            var row = $"| {ReportText.Sign(part.Verdict)} | {Cell(part.Pipeline)} | {part.Verdict} | {Cell(part.Answer)} |\n";
            var rest = string.Create(CultureInfo.InvariantCulture, $"\n*{parts.Count - index:N0} more pipelines are left out of the table.*\n");
            if (text.Length + row.Length + rest.Length > room)
            {
                return text + rest;
            }

            text.Append(row);
        }

        return text.ToString();
    }

    private static string Title(Publication part) => $"{ReportText.Sign(part.Verdict)} {TextFormat.Html.Escape(part.Pipeline)}: {part.Verdict}";

    private static string Note(int count, Uri? fullReport) => string.Create(
        CultureInfo.InvariantCulture,
        $"\n*{count:N0} reports are left out here; {(fullReport == null ? "the report files of the run have them" : $"[the run]({fullReport}) has them")}.*\n");

    // A pipeline's report may be a stranger's: words are words.
    private static string Cell(string text) => TextFormat.Markdown.Escape(text.Length > LongestAnswer ? text[..LongestAnswer] + "…" : text);
}

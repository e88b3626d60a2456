namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A report as a comment: as much of it as the host takes, whole sections only, its marker last.</summary>
public static class CommentBody
{
    private const string Section = "\n<details>";

    /// <summary>The comment's text.</summary>
    /// <param name="markdown">The report.</param>
    /// <param name="marker">The marker of a text.</param>
    /// <param name="form">What the host takes and shows.</param>
    /// <param name="fullReport">Where the whole report is, or null.</param>
    public static string Fit(string markdown, Func<string, ReportMarker> marker, CommentForm form, Uri? fullReport)
    {
        var text = markdown.TrimEnd();
        var room = form.Longest - form.Hide(marker(text)).Length - 2;
        var shown = Cut(text, room, fullReport, form.Write).TrimEnd();
        return $"{shown}\n\n{form.Hide(marker(shown))}";
    }

    /// <summary>As much of a report as <paramref name="room"/> characters hold.</summary>
    public static string Cut(string markdown, int room, Uri? fullReport) => Cut(markdown, room, fullReport, text => text);

    /// <summary>As much of a line as <paramref name="longest"/> characters hold.</summary>
    internal static string Line(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)] + "…";

    private static string Cut(string markdown, int room, Uri? fullReport, Func<string, string> write) =>
        write(markdown) is var whole && whole.Length <= room ? whole : Shortened(markdown, room, fullReport, write);

    private static string Shortened(string text, int room, Uri? fullReport, Func<string, string> write)
    {
        var where = fullReport == null ? "the report files of the run have them" : $"[the full report]({fullReport}) has them";
        var sections = Sections(text);
        for (var kept = sections.Count - 1; kept > 0; kept--)
        {
            var shorter = write(
                $"{string.Concat(sections.Take(kept)).TrimEnd()}\n\n*{sections.Count - kept} of {sections.Count - 1} sections are left out here; {where}.*");
            if (shorter.Length <= room)
            {
                return shorter;
            }
        }

        // Even the first screen is too long: whole lines of it.
        var note = $"\n\n*The rest is left out here; {where}.*";
        var all = write(text);
        var cut = all.LastIndexOf('\n', Math.Clamp(room - note.Length, 0, all.Length - 1));
        return all[..Math.Max(0, cut)] + note;
    }

    private static List<string> Sections(string text)
    {
        var sections = new List<string>();
        var start = 0;
        for (var next = text.IndexOf(Section, StringComparison.Ordinal); next >= 0; next = text.IndexOf(
            Section, next + 1, StringComparison.Ordinal))
        {
            sections.Add(text[start..next]);
            start = next;
        }

        sections.Add(text[start..]);
        return sections;
    }
}

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>A report as a comment: as much of it as the host takes, whole sections only, its marker last.</summary>
public static class CommentBody
{
    private const string Section = "\n<details>";

    /// <summary>The comment's text.</summary>
    /// <param name="markdown">The report.</param>
    /// <param name="marker">The marker of a text.</param>
    /// <param name="longest">Characters the host takes, marker included.</param>
    /// <param name="fullReport">Where the whole report is, or null.</param>
    public static string Fit(string markdown, Func<string, ReportMarker> marker, int longest, Uri? fullReport)
    {
        var text = markdown.TrimEnd();
        var room = longest - marker(text).ToString().Length - 2;
        return Sealed(Cut(text, room, fullReport), marker);
    }

    /// <summary>As much of a report as <paramref name="room"/> characters hold.</summary>
    public static string Cut(string markdown, int room, Uri? fullReport) =>
        markdown.Length <= room ? markdown : Shortened(markdown, room, fullReport);

    private static string Sealed(string text, Func<string, ReportMarker> marker) => $"{text}\n\n{marker(text)}";

    private static string Shortened(string text, int room, Uri? fullReport)
    {
        var where = fullReport == null ? "the report files of the run have them" : $"[the full report]({fullReport}) has them";
        var sections = Sections(text);
        for (var kept = sections.Count - 1; kept > 0; kept--)
        {
            var shorter =
                $"{string.Concat(sections.Take(kept)).TrimEnd()}\n\n*{sections.Count - kept} of {sections.Count - 1} sections are left out here; {where}.*";
            if (shorter.Length <= room)
            {
                return shorter;
            }
        }

        // Even the first screen is too long: whole lines of it.
        var note = $"\n\n*The rest is left out here; {where}.*";
        var cut = text.LastIndexOf('\n', Math.Max(0, room - note.Length));
        return text[..Math.Max(0, cut)] + note;
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

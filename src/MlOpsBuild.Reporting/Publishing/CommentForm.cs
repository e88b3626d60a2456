namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What a host takes and shows of a comment's Markdown.</summary>
/// <param name="Longest">Characters a comment may have.</param>
public sealed record CommentForm(int Longest)
{
    private const string Fence = "```";
    private const string Opening = "<details><summary>";
    private const string Title = "</summary>";
    private const string Closing = "</details>";

    /// <summary>Whether <c>details</c> are folded; else each is a heading and what stands under it.</summary>
    public bool Folds { get; init; } = true;

    /// <summary>Whether Mermaid is drawn; else it is left out, and the chart of signs above it stays.</summary>
    public bool DrawsMermaid { get; init; } = true;

    /// <summary>
    /// Whether comments of HTML are hidden; else a marker is the definition of a link that nothing refers to, which Markdown never shows.
    /// </summary>
    public bool HidesComments { get; init; } = true;

    /// <summary>A report as this host shows it.</summary>
    public string Write(string markdown) =>
        Folds && DrawsMermaid ? markdown : string.Join('\n', Lines(markdown.Split('\n')));

    /// <summary>A marker as this host hides it.</summary>
    public string Hide(ReportMarker marker) => HidesComments ? marker.ToString() : marker.ToDefinition();

    // What stands in a block of code is nobody's markup.
    private IEnumerable<string> Lines(IEnumerable<string> lines)
    {
        var (inCode, inDrawing, afterDrawing) = (false, false, false);
        foreach (var line in lines)
        {
            if (inCode || inDrawing)
            {
                var ends = line.TrimEnd() == Fence;
                if (inCode)
                {
                    yield return line;
                }

                (inCode, inDrawing, afterDrawing) = (inCode && !ends, inDrawing && !ends, inDrawing && ends);
            }
            else if (line.StartsWith(Fence, StringComparison.Ordinal))
            {
                inDrawing = !DrawsMermaid && line.TrimEnd() == Fence + "mermaid";
                inCode = !inDrawing;
                if (inCode)
                {
                    yield return line;
                }
            }
            else
            {
                // The line right behind a drawing says which colour is what.
                if (!afterDrawing || line.Length == 0)
                {
                    yield return Folds ? line : Unfolded(line);
                }

                afterDrawing = false;
            }
        }
    }

    private static string Unfolded(string line) => line.Trim() switch
    {
        Closing => "",
        var text when text.StartsWith(Opening, StringComparison.Ordinal) && text.EndsWith(Title, StringComparison.Ordinal) =>
            $"### {text[Opening.Length..^Title.Length]}",
        _ => line,
    };
}

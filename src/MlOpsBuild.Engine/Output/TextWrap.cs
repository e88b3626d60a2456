namespace MlOpsBuild.Engine.Output;

/// <summary>Breaks lines where a terminal ends.</summary>
internal static class TextWrap
{
    /// <summary>Deeper than this a continued line would have no room.</summary>
    private const int DeepestIndent = 40;

    /// <summary>
    /// The text with no line wider than <paramref name="width"/>, but for a word (a path, an address) that
    /// is: it stays whole, to be copied.
    /// </summary>
    /// <param name="text">One or more lines.</param>
    /// <param name="width">Columns of the terminal; 0 for no limit.</param>
    /// <param name="hang">Where continued lines begin; null for two columns right of where the line begins.</param>
    public static string Of(string text, int width, int? hang = null)
    {
        if (width <= 0 || text.Length <= width)
        {
            return text;
        }

        return string.Join('\n', text.Split('\n').SelectMany(line => Lines(line, width, hang)));
    }

    private static IEnumerable<string> Lines(string line, int width, int? hang)
    {
        var indent = new string(' ', Math.Min(hang ?? Indent(line) + 2, Math.Min(DeepestIndent, width / 2)));
        var rest = line.Length > width ? line.TrimEnd(' ') : line; // spaces at its end make no line too wide
        while (rest.Length > width && Break(rest, width) is { } at)
        {
            yield return rest[..at].TrimEnd(' ');
            rest = indent + rest[at..].TrimStart(' ');
        }

        yield return rest;
    }

    // The last space that fits; else the first one after a word that does not; null where no further one is.
    private static int? Break(string line, int width)
    {
        var begin = Indent(line);
        var last = line.LastIndexOf(' ', width);
        if (last <= begin)
        {
            last = line.IndexOf(' ', Math.Max(begin, width));
        }

        return last > begin ? last : null;
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;
}

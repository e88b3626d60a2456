using Spectre.Console;

namespace MlOpsBuild.Engine.Output;

/// <summary>Lays a table out; lines and colours only for a terminal.</summary>
internal static class TextTable
{
    private const int UsualWidth = 170;

    // Less than this of a last column full of words is not read any more.
    private const int LeastForWords = 24;

    /// <summary>The table as text.</summary>
    /// <param name="headers">Heads of the columns.</param>
    /// <param name="cells">Cells, already masked: the layout may cut one in two.</param>
    /// <param name="color">Whether escape codes are wanted.</param>
    /// <param name="tone">Tone of a row's second cell; plain when null.</param>
    /// <param name="width">Columns of the terminal; 0 where there is none.</param>
    public static string Of(
        IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> cells, bool color, Func<int, ConsoleTone>? tone = null,
        int width = 0)
    {
        var rows = cells.ToList();
        if (width > 0 && rows.Count > 0 && StackedRows.AreNeeded(headers, rows, width))
        {
            return StackedRows.Of(headers, rows, width);
        }

        return (color ? null : PlainTable.TryOf(headers, rows, width > 0 ? width : UsualWidth)) ?? Laid(headers, rows, color, tone, width);
    }

    /// <summary>The same by the library, which wraps what does not fit.</summary>
    internal static string Laid(
        IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows, bool color, Func<int, ConsoleTone>? tone, int width)
    {
        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = width > 0 ? width : UsualWidth;
        var table = new Table { Border = color ? TableBorder.Rounded : TableBorder.Ascii };
        var whole = width == 0 || Needed(headers, rows) <= width;
        foreach (var (index, header) in headers.Index())
        {
            // Only the last column, which holds words, may wrap, as long as there is room for the others.
            table.AddColumn(new TableColumn(Markup.Escape(header)) { NoWrap = whole && index < headers.Count - 1 });
        }

        foreach (var (number, row) in rows.Index())
        {
            table.AddRow(
                [.. row.Select((cell, column) => column == 1 && tone != null ? Colored(cell, tone(number)) : Markup.Escape(cell))]);
        }

        console.Write(table);
        return buffer.ToString();
    }

    // What the columns but the last take, each with a line and two spaces, and the least for the last one.
    private static int Needed(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headers.Select((header, column) => rows.Select(row => row[column].Length).Append(header.Length).Max()).ToList();
        return widths.SkipLast(1).Sum() + Math.Min(LeastForWords, widths[^1]) + (3 * widths.Count) + 1;
    }

    private static string Colored(string cell, ConsoleTone tone) => tone switch
    {
        ConsoleTone.Good => $"[green]{Markup.Escape(cell)}[/]",
        ConsoleTone.Bad => $"[red]{Markup.Escape(cell)}[/]",
        ConsoleTone.Warning => $"[yellow]{Markup.Escape(cell)}[/]",
        ConsoleTone.Faint => $"[grey]{Markup.Escape(cell)}[/]",
        _ => Markup.Escape(cell),
    };
}

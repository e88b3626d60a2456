using Spectre.Console;

namespace MlOpsBuild.Engine.Output;

/// <summary>Lays a table out; lines and colours only for a terminal.</summary>
internal static class TextTable
{
    private const int Width = 170;

    /// <summary>The table as text.</summary>
    /// <param name="headers">Heads of the columns.</param>
    /// <param name="rows">Cells, already masked: the layout may cut one in two.</param>
    /// <param name="color">Whether escape codes are wanted.</param>
    /// <param name="tone">Tone of a row's second cell; plain when null.</param>
    public static string Of(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, bool color, Func<int, ConsoleTone>? tone = null)
    {
        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = Width;
        var table = new Table { Border = color ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var (index, header) in headers.Index())
        {
            // Only the last column, which holds words, may wrap.
            table.AddColumn(new TableColumn(Markup.Escape(header)) { NoWrap = index < headers.Count - 1 });
        }

        foreach (var (number, row) in rows.Index())
        {
            table.AddRow([.. row.Select((cell, column) => column == 1 && tone != null ? Colored(cell, tone(number)) : Markup.Escape(cell))]);
        }

        console.Write(table);
        return buffer.ToString();
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

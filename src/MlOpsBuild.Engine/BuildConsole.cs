using Spectre.Console;

namespace MlOpsBuild.Engine;

/// <summary>Prints lines and tables; masks secrets; writes escape codes only to a terminal that wants them.</summary>
public sealed class BuildConsole
{
    private const int TableWidth = 170;
    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly bool _color;
    private readonly List<string> _secrets = [];
    private bool _broken;

    /// <summary>A console on <paramref name="output"/>, with escape codes when <paramref name="color"/>.</summary>
    public BuildConsole(TextWriter output, bool color)
    {
        _output = output;
        _color = color;
    }

    /// <summary>From now on <paramref name="secret"/> is printed as <c>***</c>.</summary>
    public void Mask(string secret)
    {
        lock (_gate)
        {
            if (!string.IsNullOrWhiteSpace(secret) && !_secrets.Contains(secret))
            {
                // Longest first: a secret may begin another.
                _secrets.Add(secret);
                _secrets.Sort((left, right) => right.Length.CompareTo(left.Length));
            }
        }
    }

    /// <summary>Prints one or more lines.</summary>
    public void Line(string text = "", ConsoleTone tone = ConsoleTone.Plain) => Write((_color, tone) switch
    {
        (true, ConsoleTone.Strong) => $"\e[1m{text}\e[0m",
        (true, ConsoleTone.Good) => $"\e[32m{text}\e[0m",
        (true, ConsoleTone.Warning) => $"\e[33m{text}\e[0m",
        (true, ConsoleTone.Bad) => $"\e[31m{text}\e[0m",
        (true, ConsoleTone.Faint) => $"\e[2m{text}\e[0m",
        _ => text,
    } + "\n");

    /// <summary>Prints a table; cells are plain text.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = TableWidth;
        var table = new Table { Border = _color ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var (index, header) in headers.Index())
        {
            // Only the last column, which holds words, may wrap.
            table.AddColumn(new TableColumn(Markup.Escape(header)) { NoWrap = index < headers.Count - 1 });
        }

        foreach (var row in rows)
        {
            // Masked before the layout, which may cut a cell in two.
            table.AddRow([.. row.Select(cell => Markup.Escape(Masked(cell)))]);
        }

        console.Write(table);
        Write(buffer.ToString());
    }

    /// <summary><paramref name="text"/> with every secret replaced.</summary>
    public string Masked(string text)
    {
        lock (_gate)
        {
            return _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.Ordinal));
        }
    }

    private void Write(string text)
    {
        text = Masked(text);
        lock (_gate)
        {
            // A reader that went away (`| head`) must not stop the build.
            try
            {
                if (!_broken)
                {
                    _output.Write(text);
                    _output.Flush();
                }
            }
            catch (IOException)
            {
                _broken = true;
            }
        }
    }
}

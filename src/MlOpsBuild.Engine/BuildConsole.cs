using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine;

/// <summary>Prints lines and tables; masks secrets; writes escape codes only to a terminal that wants them.</summary>
public sealed partial class BuildConsole
{
    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly bool _color;
    private readonly LiveLine? _live;
    private readonly SecretMask _mask = new();
    private readonly AsyncLocal<TargetOutput?> _current = new();
    private Host? _host;
    private Func<Verbosity> _verbosity = () => Verbosity.Normal;
    private readonly TextWriter _errors;
    private string _command = BuildContext.UsualCommand;
    private bool _broken;
    private bool _dataOnly;

    /// <summary>A console on <paramref name="output"/>.</summary>
    /// <param name="output">Where it prints.</param>
    /// <param name="color">Whether escape codes for colours are wanted.</param>
    /// <param name="liveWidth">Columns of a terminal whose last line may show progress; 0 for none.</param>
    /// <param name="errors">Where all goes but data, once only data is wanted; null for nowhere.</param>
    /// <param name="width">Columns of a terminal, which no line is wider than; 0 for no limit.</param>
    public BuildConsole(TextWriter output, bool color, int liveWidth = 0, TextWriter? errors = null, int width = 0)
    {
        Width = width;
        _output = output;
        _errors = errors ?? TextWriter.Null;
        _color = color;
        _live = liveWidth > 0 ? new(output, liveWidth) : null;
    }

    /// <summary>Columns that no line is wider than; 0 for no limit.</summary>
    internal int Width { get; }

    /// <summary>Whether the last line shows what is being done.</summary>
    internal bool IsLive => _live != null;

    /// <summary>From now on <paramref name="secret"/> is printed as <c>***</c>, and the host is asked to hide it too.</summary>
    public void Mask(string secret)
    {
        if (_mask.Add(secret) && _host?.MaskLine(secret) is { } line)
        {
            lock (_gate)
            {
                // The one line that names the secret: the host takes it away.
                Emit(line + "\n");
            }
        }
    }

    /// <summary>Prints one or more lines. <c>--verbosity Minimal</c> and <c>Quiet</c> leave details out.</summary>
    public void Line(string text = "", ConsoleTone tone = ConsoleTone.Plain)
    {
        if (tone != ConsoleTone.Faint || _verbosity() < Verbosity.Minimal)
        {
            Print(text, tone);
        }
    }

    /// <summary>Prints a line of progress, and shows it on the last line of a terminal until the next.</summary>
    public void Progress(string text)
    {
        if (_current.Value is { } output)
        {
            output.Doing = Masked(text);
        }

        Line("  " + text, ConsoleTone.Faint);
    }

    /// <summary>Prints a table; cells are plain text.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) =>
        WriteTable(headers, rows, tone: null);

    /// <summary>Prints a document for programs, on standard output in any case.</summary>
    public void Data(string document)
    {
        if (!_dataOnly)
        {
            Write(Guarded(Said(document)) + "\n");
            return;
        }

        lock (_gate)
        {
            Emit(Said(document) + "\n", _output);
        }
    }

    /// <summary><paramref name="text"/> with every secret replaced.</summary>
    public string Masked(string text) => _mask.Apply(text);

    // Advice is written for the usual script; where another one starts the build, it names that.
    private string Said(string text) =>
        Masked(_command == BuildContext.UsualCommand ? text : text.Replace(BuildContext.UsualCommand, _command, StringComparison.Ordinal));

    /// <summary>Prints whatever the verbosity.</summary>
    internal void Print(string text = "", ConsoleTone tone = ConsoleTone.Plain)
    {
        var guarded = TextWrap.Of(Guarded(Said(text)), Width);
        _current.Value?.Remember(guarded);
        Write((_color, tone) switch
        {
            (true, ConsoleTone.Strong) => $"\e[1m{guarded}\e[0m",
            (true, ConsoleTone.Good) => $"\e[32m{guarded}\e[0m",
            (true, ConsoleTone.Warning) => $"\e[33m{guarded}\e[0m",
            (true, ConsoleTone.Bad) => $"\e[31m{guarded}\e[0m",
            (true, ConsoleTone.Faint) => $"\e[2m{guarded}\e[0m",
            _ => guarded,
        } + "\n");
    }

    /// <summary>From now on only data is printed on standard output: the rest is for people.</summary>
    internal void KeepOutputForData() => _dataOnly = true;

    /// <summary>Prints a line the host acts upon.</summary>
    internal void Command(string line) => Write(line + "\n");

    /// <summary>Speaks to this host from now on, as much as is asked for.</summary>
    internal void Attach(Host host, Func<Verbosity> verbosity, string command)
    {
        _host = host;
        _command = command;
        _verbosity = verbosity;
    }

    private void WriteTable(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, Func<int, ConsoleTone>? tone) =>
        Write(Guarded(TextTable.Of(headers, rows.Select(row => row.Select(Said).ToList()), _color, tone, Width)));

    // Each line on its own: a target may print several at once, and hosts take a return for an end too.
    private string Guarded(string text) => _host is not { } host ? text : Each(text, '\n', line => Each(line, '\r', host.Guard));

    private static string Each(string text, char separator, Func<string, string> change) =>
        text.Contains(separator, StringComparison.Ordinal) ? string.Join(separator, text.Split(separator).Select(change)) : change(text);

    private void Write(string text)
    {
        text = Masked(text);
        lock (_gate)
        {
            if (_current.Value is { IsDirect: false } held)
            {
                held.Hold(text);
            }
            else
            {
                Emit(text);
            }
        }
    }

    // A reader that went away (`| head`) must not stop the build.
    private void Emit(string text) => Emit(text, _dataOnly ? _errors : _output);

    private void Emit(string text, TextWriter writer)
    {
        try
        {
            if (!_broken)
            {
                _live?.Erase();
                writer.Write(text);
                writer.Flush();
            }
        }
        catch (IOException)
        {
            _broken = true;
        }
    }
}

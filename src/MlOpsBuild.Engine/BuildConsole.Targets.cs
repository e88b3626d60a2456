using System.Globalization;
using System.Text;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine;

/// <summary>How targets that run side by side share a console.</summary>
public sealed partial class BuildConsole
{
    private readonly StringBuilder _halfLine = new();
    private OutputOrder _order = new([]);

    /// <summary>From now on the targets of <paramref name="plan"/> take turns.</summary>
    internal void BeginTargets(IReadOnlyList<ExecutableTarget> plan) => _order = new(plan);

    /// <summary>What the caller's flow prints from now on is the target's.</summary>
    internal TargetOutput OpenTarget(ExecutableTarget target, long started)
    {
        lock (_gate)
        {
            _current.Value = _order.Open(target, started);
        }

        Advance();
        return _current.Value;
    }

    /// <summary>Prints what the caller's flow writes without an end of line, when the line has ended.</summary>
    internal void Write(char letter)
    {
        var half = _current.Value?.HalfLine ?? _halfLine;
        string? line = null;
        lock (half)
        {
            if (letter == '\n')
            {
                line = half.ToString().TrimEnd('\r');
                half.Clear();
            }
            else
            {
                half.Append(letter);
            }
        }

        if (line != null)
        {
            Line(line);
        }
    }

    /// <summary>Prints a line of the caller's flow that was never ended.</summary>
    internal void EndHalfLine()
    {
        var half = _current.Value?.HalfLine ?? _halfLine;
        if (half.Length > 0)
        {
            Write('\n');
        }
    }

    /// <summary>Gives the turn on when targets have ended, or were left out.</summary>
    internal void Advance()
    {
        lock (_gate)
        {
            foreach (var text in _order.Advance().Where(text => text.Length > 0))
            {
                Emit(text);
            }
        }
    }

    /// <summary>Shows on the last line of a terminal what is running, for how long, and what it said last.</summary>
    internal void Tick(TimeProvider time)
    {
        lock (_gate)
        {
            var running = _order.Running.ToList();
            if (_live == null || _broken || _dataOnly || running.Count == 0)
            {
                return;
            }

            _live.Draw(string.Join("   ", running.Select(output => string.Create(
                CultureInfo.InvariantCulture,
                $"{output.Target.Name} {time.GetElapsedTime(output.Started).TotalSeconds:0} s{(output.Doing.Length > 0 ? " · " + output.Doing : "")}"))));
        }
    }

    /// <summary>Prints the table at the end of a run; the second column takes the row's tone.</summary>
    internal void SummaryTable(IReadOnlyList<string> headers, IEnumerable<(IReadOnlyList<string> Cells, ConsoleTone Tone)> rows)
    {
        var list = rows.ToList();
        WriteTable(headers, list.Select(row => row.Cells), row => list[row].Tone);
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using MlOpsBuild.Core;

namespace MlOpsBuild.Scoring.Foreign;

/// <summary>A program that answers each line with a line. It ends when its input does.</summary>
internal sealed class CommandProcess : IDisposable
{
    private const int MostTold = 2_000;
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly TimeSpan _first;
    private readonly TimeSpan _others;
    private string _told = "";
    private bool _answered;

    private CommandProcess(Process process, CommandModel model)
    {
        (_process, _first, _others) = (process, model.StartsWithin, model.AnswersWithin);
        process.ErrorDataReceived += (_, line) => _told = (_told + line.Data + "\n") is var all && all.Length > MostTold ? all[^MostTold..] : all;
        process.BeginErrorReadLine();
        _ = ReadAsync();
    }

    /// <summary>What it said beside its answers, the end of it.</summary>
    public string Told => _told.Trim();

    /// <summary>Starts the model's program in <paramref name="folder"/>; it sees no secret of ours.</summary>
    /// <exception cref="StageFailedException">It cannot be started.</exception>
    public static CommandProcess Start(CommandModel model, string folder)
    {
        var program = model.Command[0].Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(model.Command[0], folder) : model.Command[0];
        var start = new ProcessStartInfo(program, model.Command.Skip(1)) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        ChildEnvironment.Keep(start);
        try
        {
            return new(Process.Start(start)!, model);
        }
        catch (Win32Exception problem)
        {
            throw new StageFailedException(new Finding("The model's program cannot be started", "Trainers.Command", model.Command[0], problem.Message, "install it where models are trained and served"));
        }
    }

    /// <summary>The answer to <paramref name="line"/>; null when it has ended.</summary>
    /// <exception cref="TimeoutException">It does not take the line, or does not answer, in time.</exception>
    /// <exception cref="InvalidDataException">It wrote something that nobody asked for.</exception>
    public string? Ask(string line)
    {
        if (_lines.Reader.TryRead(out var unasked))
        {
            throw new InvalidDataException(unasked);
        }

        var limit = _answered ? _others : _first;
        try
        {
            if (!_process.StandardInput.WriteLineAsync(line).Wait(limit) || !_process.StandardInput.FlushAsync().Wait(limit))
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"it takes no line within {limit.TotalSeconds} s"));
            }
        }
        catch (Exception problem) when (problem is IOException or AggregateException { InnerException: IOException })
        {
            return null;
        }

        var waiting = _lines.Reader.WaitToReadAsync().AsTask();
        if (!waiting.Wait(limit))
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"nothing within {limit.TotalSeconds} s"));
        }

        _answered = true;
        return waiting.Result && _lines.Reader.TryRead(out var answer) ? answer : null;
    }

    /// <summary>Ends it: by the end of its input, or after a second by force.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (Exception problem) when (problem is IOException or InvalidOperationException)
        {
            // It has ended already, with a line unread, or is being written to.
        }

        if (!_process.WaitForExit(1000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                _lines.Writer.TryWrite(line);
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was ended while it wrote.
        }

        _lines.Writer.Complete();
    }
}

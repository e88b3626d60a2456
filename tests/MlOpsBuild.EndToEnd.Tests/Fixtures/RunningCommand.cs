using System.Diagnostics;
using System.Text;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A command in course: its output so far can be waited for, and it can be sent signals.</summary>
public sealed class RunningCommand : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private RunningCommand(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
    }

    /// <summary>What it printed so far.</summary>
    public string Output => Text(_output);

    /// <summary>Starts <paramref name="program"/> with exactly <paramref name="environment"/>.</summary>
    public static RunningCommand Start(
        string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        // Whoever runs the tests in the background ignores SIGINT, and children inherit that; a person's shell does not.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT,TERM", program, .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var command = new RunningCommand(new() { StartInfo = start });
        command._process.Start();
        command._process.StandardInput.Close();
        command._process.BeginOutputReadLine();
        command._process.BeginErrorReadLine();
        return command;
    }

    /// <summary>Runs to the end: of the process and of its output, which a process left behind would hold open.</summary>
    public static async Task<CommandResult> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        using var command = Start(folder, environment, program, arguments);
        return await command.EndAsync();
    }

    /// <summary>Waits for the end, two minutes unless <paramref name="longest"/> says otherwise.</summary>
    public async Task<CommandResult> EndAsync(TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"not ended after {longest ?? Patience}:\n{Text(_output)}\n{Text(_errors)}");
        }

        return new(_process.ExitCode, Text(_output), Text(_errors), Stopwatch.GetElapsedTime(_started));
    }

    /// <summary>Waits until the output holds <paramref name="text"/>.</summary>
    public async Task UntilAsync(string text)
    {
        while (!Text(_output).Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited)
            {
                // Ended, and its last words may still be on their way.
                (await EndAsync()).Output.ShouldContain(text);
                return;
            }

            Stopwatch.GetElapsedTime(_started).ShouldBeLessThan(Patience, $"'{text}' was not printed:\n{Text(_output)}\n{Text(_errors)}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Sends a signal, by its name without SIG.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString()]);
        kill.WaitForExit();
        kill.ExitCode.ShouldBe(0);
    }

    /// <summary>Ends the process, and nothing that it started, without a warning.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append(line == null ? "" : "\n");
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

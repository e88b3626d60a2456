using System.ComponentModel;
using System.Diagnostics;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Tooling;

/// <summary>Starts programs. What they write is printed with secrets masked; they end with the build.</summary>
public static class ProcessTasks
{
    /// <summary>Starts a program.</summary>
    /// <param name="toolPath">Its path, or its name on the search path.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="workingDirectory">Where it runs; where the build was started by default.</param>
    /// <param name="environmentVariables">All that it sees of the environment; that of the build by default.</param>
    /// <param name="timeout">Milliseconds after which waiting ends it; none by default.</param>
    /// <param name="logOutput">Whether its lines are printed; yes by default.</param>
    /// <param name="logInvocation">Whether the call is printed; yes by default.</param>
    /// <param name="logger">Gets its lines in place of the console.</param>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static IProcess StartProcess(
        string toolPath,
        string? arguments = null,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null)
    {
        var (context, stopping) = (RunState.Current.Context, RunState.Current.Running?.Stopping ?? RunState.Current.Context.Stopping);
        var program = ToolResolver.PathOf(toolPath);
        var start = new ProcessStartInfo(program, arguments ?? "")
        {
            WorkingDirectory = workingDirectory ?? context.WorkingDirectory, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true, CreateNoWindow = true,
        };
        if (environmentVariables != null)
        {
            start.Environment.Clear();
            environmentVariables.ToList().ForEach(variable => start.Environment[variable.Key] = variable.Value);
        }

        if (logInvocation ?? true)
        {
            context.Console.Line($"> {program} {arguments}".TrimEnd(), ConsoleTone.Faint);
        }

        try
        {
            return new StartedProcess(
                start, timeout is { } limit ? TimeSpan.FromMilliseconds(limit) : Timeout.InfiniteTimeSpan,
                logOutput ?? true ? logger ?? Print : null, context.Time, stopping);
        }
        catch (Win32Exception problem)
        {
            throw new ArgumentException($"'{program}' does not start: {problem.Message}", nameof(toolPath), problem);
        }

        void Print(OutputType type, string line) => context.Console.Line(line);
    }

    /// <summary>Starts a program; values that are filled into the arguments are one argument each.</summary>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static IProcess StartProcess(
        string toolPath,
        ArgumentStringHandler arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string>? environmentVariables = null,
        int? timeout = null,
        bool? logOutput = null,
        bool? logInvocation = null,
        Action<OutputType, string>? logger = null) =>
        StartProcess(
            toolPath, arguments.ToStringAndClear(), workingDirectory, environmentVariables, timeout, logOutput, logInvocation, logger);
}

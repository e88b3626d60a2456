using System.Diagnostics;
using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Agents;

/// <summary>The build, called as a person would call it: in a process of its own, compiled anew where its sources changed.</summary>
/// <param name="command">What starts it, before its arguments.</param>
/// <param name="root">Where.</param>
/// <param name="environment">All that it sees.</param>
internal sealed class BuildCall(IReadOnlyList<string> command, string root, IReadOnlyDictionary<string, string> environment)
{
    // What this process was told by its own start script.
    private static readonly string[] OfThisProcess = ["MLOPS_ROOT", "MLOPS_START_SCRIPT", "MLOPS_WORKING_DIRECTORY", "MLOPS_REBUILD"];

    /// <summary>The build that <paramref name="session"/> belongs to: by its start script, or as its caller ran its file.</summary>
    public static BuildCall Of(RunSession session) => new(
        session.Environment.GetValueOrDefault("MLOPS_START_SCRIPT") is { Length: > 0 } script ? [script] : session.Command.Split(' '),
        session.Root, session.Environment);

    /// <summary>Runs it to its end; cancelled, it is asked to stop and waited for, so that a canary is withdrawn.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="lines">Told each line of either output.</param>
    /// <param name="cancellationToken">Asks it to stop.</param>
    public async Task<BuildAnswer> RunAsync(IReadOnlyList<string> arguments, IProgress<string> lines, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments])
        {
            WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Where(variable => !OfThisProcess.Contains(variable.Key)))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var stopping = cancellationToken.Register(() => ProcessSignal.Stop(process));
        var read = await Task.WhenAll(
            ReadAsync(process.StandardOutput, lines, CancellationToken.None),
            ReadAsync(process.StandardError, lines, CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new(process.ExitCode, read[0], read[1]);
    }

    private static async Task<string> ReadAsync(StreamReader from, IProgress<string> lines, CancellationToken cancellationToken)
    {
        var text = new List<string>();
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Report(line);
            text.Add(line);
        }

        return string.Join('\n', text);
    }
}

using System.Diagnostics;
using MlOpsBuild.Components.Session;

/// <summary>Runs a command, passing its lines on.</summary>
internal static class Command
{
    public static Task<int> RunAsync(RunSession session, string[] command, CancellationToken cancellationToken) =>
        RunAsync(session, command, session.Output.Progress, cancellationToken);

    /// <summary>Runs a command, and gives what it prints to <paramref name="print"/>; what it says beside that is progress.</summary>
    public static async Task<int> RunAsync(RunSession session, string[] command, Action<string> print, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = session.Root, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment.Remove("MLOPS_ROOT");
        start.Environment.Remove("MLOPS_START_SCRIPT");
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Print(print, line.Data);
        process.ErrorDataReceived += (_, line) => Print(session.Output.Progress, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private static void Print(Action<string> print, string? line)
    {
        if (line != null)
        {
            print(line);
        }
    }
}

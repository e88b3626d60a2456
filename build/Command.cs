using System.Diagnostics;
using MlOpsBuild.Components.Session;

/// <summary>Runs a command, passing its lines on.</summary>
internal static class Command
{
    public static async Task<int> RunAsync(RunSession session, string[] command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = session.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MLOPS_ROOT");
        start.Environment.Remove("MLOPS_START_SCRIPT");
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Print(session, line.Data);
        process.ErrorDataReceived += (_, line) => Print(session, line.Data);
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

    private static void Print(RunSession session, string? line)
    {
        if (line != null)
        {
            session.Output.Progress(line);
        }
    }
}

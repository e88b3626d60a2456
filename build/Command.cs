using System.Diagnostics;
using MlOpsBuild.Engine;

/// <summary>Runs a command, passing its lines on.</summary>
internal static class Command
{
    public static async Task<int> RunAsync(BuildContext context, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = context.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MLOPS_ROOT");
        start.Environment.Remove("MLOPS_START_SCRIPT");
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Print(context, line.Data);
        process.ErrorDataReceived += (_, line) => Print(context, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(context.Stopping);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    private static void Print(BuildContext context, string? line)
    {
        if (line != null)
        {
            context.Console.Line(line, ConsoleTone.Faint);
        }
    }
}

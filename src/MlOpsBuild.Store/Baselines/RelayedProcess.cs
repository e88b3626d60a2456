using System.Diagnostics;

namespace MlOpsBuild.Store.Baselines;

/// <summary>Another program whose lines are passed on while it runs.</summary>
public static class RelayedProcess
{
    /// <summary>Runs it without input and waits for its end; cancelled, it is killed.</summary>
    /// <param name="start">The program, its folder and the whole of its environment.</param>
    /// <param name="lines">Takes the lines of both its outputs.</param>
    /// <param name="killsChildren">Whether what it started is killed with it.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(
        ProcessStartInfo start, IProgress<string> lines, bool killsChildren, CancellationToken cancellationToken)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            await Task.WhenAll(
                RelayAsync(process.StandardOutput, lines, cancellationToken), RelayAsync(process.StandardError, lines, cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(killsChildren);
            throw;
        }
    }

    private static async Task RelayAsync(StreamReader from, IProgress<string> lines, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Report(line);
        }
    }
}

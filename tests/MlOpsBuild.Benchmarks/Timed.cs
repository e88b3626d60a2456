using System.ComponentModel;
using System.Diagnostics;

namespace MlOpsBuild.Benchmarks;

/// <summary>Runs commands and times them.</summary>
internal static class Timed
{
    /// <summary>Seconds the command took; fails when it does.</summary>
    public static async Task<double> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await ReadAsync(folder, program, arguments, cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>What the command wrote; fails when it does.</summary>
    public static async Task<string> ReadAsync(string folder, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true
        };
        foreach (var name in (string[])["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "MLOPS_ROOT", "MLOPS_START_SCRIPT"])
        {
            start.Environment.Remove(name);
        }

        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }

    /// <summary>Starts it; says what to install when it is not there.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new InvalidOperationException(
                $"{start.FileName} does not start ({problem.Message}); install it with: sudo apt-get install {start.FileName}");
        }
    }

    /// <summary>The best of <paramref name="times"/> runs.</summary>
    public static async Task<double> BestAsync(int times, Func<Task<double>> run)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < times; i++)
        {
            best = Math.Min(best, await run());
        }

        return best;
    }
}

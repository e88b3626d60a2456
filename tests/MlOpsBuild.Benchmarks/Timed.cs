using System.Diagnostics;

namespace MlOpsBuild.Benchmarks;

/// <summary>Runs commands and times them.</summary>
internal static class Timed
{
    /// <summary>Seconds the command took; fails when it does.</summary>
    public static async Task<double> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in (string[])["CI", "GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "MLOPS_ROOT", "MLOPS_START_SCRIPT"])
        {
            start.Environment.Remove(name);
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? took
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
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

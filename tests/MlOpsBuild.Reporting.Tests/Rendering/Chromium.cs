using System.Diagnostics;

namespace MlOpsBuild.Reporting.Rendering.Tests;

/// <summary>Runs headless Chromium on one page, in a profile of its own and without a network.</summary>
internal static class Chromium
{
    public const string Path = "/usr/bin/chromium";

    public static async Task<(string Output, string Log)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] common =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--enable-logging=stderr", "--v=0", $"--user-data-dir={System.IO.Path.Combine(folder, "profile")}", "--host-resolver-rules=MAP * ~NOTFOUND",
        ];
        foreach (var argument in common.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var (output, log) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(0, await log);
            return (await output, await log);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What the page itself complained about.</summary>
    public static IEnumerable<string> ConsoleLines(string log) => log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal));
}

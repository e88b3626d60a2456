using System.Diagnostics;

namespace MlOpsBuild.TestKit;

/// <summary>Debian's scikit-learn: the peer that metrics and linear models are compared with.</summary>
public static class ScikitLearn
{
    /// <summary>Debian's own Python, which sees Debian's packages.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>Why it cannot be asked.</summary>
    public const string Missing = "python3-sklearn is not installed: ./build.sh SetUp installs it on Debian and Ubuntu only";

    /// <summary>Whether it can be asked.</summary>
    public static bool IsThere { get; } = File.Exists("/usr/lib/python3/dist-packages/sklearn/__init__.py") && File.Exists(Python);

    /// <summary>What <paramref name="program"/> writes when <paramref name="input"/> is its standard input.</summary>
    public static async Task<string> RunAsync(string program, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Python, ["-W", "ignore", "-c", program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var (written, problems) =
            (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? await written : throw new InvalidOperationException(await problems);
    }
}

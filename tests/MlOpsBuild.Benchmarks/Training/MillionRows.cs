using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Benchmarks.Training;

/// <summary>
/// A million rows of twenty columns: boosted trees by our training stage beside the same call made directly, each in a process of its own.
/// </summary>
internal static class MillionRows
{
    public const int Columns = 20;
    private const int Rows = 1_000_000;
    private const double MostTime = 1.2;
    private const double MostMemory = 2;

    public static async Task<BenchmarkResult[]> MeasureAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "rows.csv");
            await WriteAsync(file, cancellationToken);
            var theirs = await RunAsync("train-directly", file, cancellationToken);
            var ours = await RunAsync("train-by-stage", file, cancellationToken);
            return
            [
                new(
                    "FastTree on a million rows of 20 columns, from the file to the model", ours.Seconds,
                    "the same call through Microsoft.ML", theirs.Seconds, MostTime),
                new("peak memory of it, MB", ours.Megabytes, "the same call through Microsoft.ML", theirs.Megabytes, MostMemory),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a child process prints.</summary>
    public static string Told(TimeSpan took)
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds} {process.PeakWorkingSet64 / 1e6}");
    }

    private static async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        var random = new SplitMix64(1);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(string.Join(
            ',', [.. Enumerable.Range(0, Columns).Select(column => $"X{column.ToString(CultureInfo.InvariantCulture)}"), "Label"]));
        var (line, values) = (new StringBuilder(), new double[Columns]);
        for (var row = 0; row < Rows; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            line.Clear();
            for (var column = 0; column < Columns; column++)
            {
                values[column] = Math.Round(random.NextDouble(), 4);
                line.Append(CultureInfo.InvariantCulture, $"{values[column]},");
            }

            line.Append(
                CultureInfo.InvariantCulture,
                $"{Math.Round((10 * values[0] * values[1]) + (values[2] > 0.5 ? 3 : 0) + values[3] + random.NextDouble(), 4)}");
            await writer.WriteLineAsync(line, cancellationToken);
        }
    }

    private static async Task<(double Seconds, double Megabytes)> RunAsync(string mode, string file, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MillionRows).Assembly.Location, mode, file]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var told = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim().Split('\n')[^1].Split(' ');
        await process.WaitForExitAsync(cancellationToken);
        return (double.Parse(told[0], CultureInfo.InvariantCulture), double.Parse(told[1], CultureInfo.InvariantCulture));
    }
}

using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Benchmarks.Profiling;

/// <summary>Profiles a file several times, in a process of its own.</summary>
internal static class OurProfile
{
    /// <summary>Best seconds and peak megabytes, as the other programs print them.</summary>
    public static async Task<string> MeasureAsync(string file, int times, CancellationToken cancellationToken)
    {
        var best = await Timed.BestAsync(times, async () =>
        {
            var started = Stopwatch.GetTimestamp();
            await TableSummarizer.OfAsync(
                file, [TableFile.At(file, Path.GetFileName(file), TableFormat.Usual)], null, new Progress<string>(), cancellationToken);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{best} {process.PeakWorkingSet64 / 1048576.0}");
    }
}

using System.Diagnostics;
using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Inference;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Benchmarks.Profiling;

/// <summary>Profiles a file several times, in a process of its own.</summary>
internal static class OurProfile
{
    private const int InferredBytes = 40_000_000;

    /// <summary>Writes the contract that the beginning of a file seems to keep, in a process that measures nothing.</summary>
    public static async Task InferAsync(string file, string contract, CancellationToken cancellationToken)
    {
        var head = new byte[InferredBytes];
        await using (var stream = File.OpenRead(file))
        {
            head = head[..await stream.ReadAtLeastAsync(head, InferredBytes, throwOnEndOfStream: false, cancellationToken)];
        }

        var inferred = await JointContract.OfAsync(
            Path.GetFileName(file), [TableFile.Of(Path.GetFileName(file), head[..(head.AsSpan().LastIndexOf((byte)'\n') + 1)])],
            cancellationToken);
        await File.WriteAllBytesAsync(contract, CanonicalJson.Serialize(inferred), cancellationToken);
    }

    /// <summary>Best seconds and peak megabytes, as the other programs print them.</summary>
    /// <param name="file">What is read.</param>
    /// <param name="times">How often.</param>
    /// <param name="contractFile">The contract that each row is checked against; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string> MeasureAsync(string file, int times, string? contractFile, CancellationToken cancellationToken)
    {
        var contract = contractFile == null
            ? null
            : CanonicalJson.Deserialize<DataContract>(await File.ReadAllBytesAsync(contractFile, cancellationToken));
        var best = await Timed.BestAsync(times, async () =>
        {
            var started = Stopwatch.GetTimestamp();
            await TableSummarizer.OfAsync(
                file, [TableFile.At(file, Path.GetFileName(file), TableFormat.Usual)], contract, new Progress<string>(), cancellationToken);
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{best} {process.PeakWorkingSet64 / 1048576.0}");
    }
}

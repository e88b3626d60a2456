using System.Globalization;

namespace MlOpsBuild.Benchmarks;

/// <summary>Measures ratios against named peers in one run: <c>dotnet run -c Release --project tests/MlOpsBuild.Benchmarks</c>.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}; best of several, seconds");
        var empty = await EmptyProgram.MeasureAsync(stop.Token);
        BenchmarkResult[] results =
        [
            await WarmStart.MeasureAsync(empty, stop.Token),
            await ManyTargets.MeasureAsync("planning 1,000 targets", 1_000, ["T999", "--plan"], 1, empty),
            await ManyTargets.MeasureAsync("running 10,000 empty targets", 10_000, ["T9999"], 10, empty),
            await ManyTargets.MeasureAsync("running 10,000 empty targets, 2 at once", 10_000, ["T9999", "--parallel", "2"], 10, empty),
            await SecondRun.MeasureAsync("two simulated years", [], stop.Token),
            await CleanClone.MeasureAsync("two simulated years", [], stop.Token),
            await CleanClone.MeasureAsync("twenty simulated years", ["--set", "simulation-days=7305", "simulation-growth=1"], stop.Token),
            await SecondRun.MeasureAsync("twenty simulated years", ["--set", "simulation-days=7305", "simulation-growth=1"], stop.Token),
        ];
        foreach (var result in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(result.Met ? "met " : "MISSED")} {result.Name}: {result.Seconds:0.000} against {result.PeerSeconds:0.000} ({result.Peer}), ratio {result.Ratio:0.00}, goal below {result.Goal:0.00}"));
        }

        return results.All(result => result.Met) ? 0 : 1;
    }
}

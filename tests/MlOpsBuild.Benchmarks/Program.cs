using System.Globalization;
using MlOpsBuild.Benchmarks.Gateway;
using MlOpsBuild.Benchmarks.Profiling;
using MlOpsBuild.Benchmarks.Store;
using MlOpsBuild.Benchmarks.Training;
using MlOpsBuild.Benchmarks.Tuning;

namespace MlOpsBuild.Benchmarks;

/// <summary>
/// Measures ratios against named peers in one run: <c>dotnet run -c Release --project tests/MlOpsBuild.Benchmarks
/// [build|start|gateway|logging|pipelines|profiling [FILE]|scoring|store [RUNS]|training|tuning [FILE]]</c>.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["yarp", var port, var upstream])
        {
            await YarpForwarder.ServeAsync(
                int.Parse(port, CultureInfo.InvariantCulture), int.Parse(upstream, CultureInfo.InvariantCulture));
            return 0;
        }

        if (arguments is ["train-directly" or "train-by-stage", var file])
        {
            Console.WriteLine(arguments[0] == "train-directly"
                ? Directly.Train(file)
                : await ByStage.TrainAsync(file, CancellationToken.None));
            return 0;
        }

        if (arguments is ["infer", var sample, var inferred])
        {
            await OurProfile.InferAsync(sample, inferred, CancellationToken.None);
            return 0;
        }

        if (arguments is ["profile", var profiled, var times, .. var promised])
        {
            Console.WriteLine(await OurProfile.MeasureAsync(
                profiled, int.Parse(times, CultureInfo.InvariantCulture), promised.FirstOrDefault(), CancellationToken.None));
            return 0;
        }

        if (arguments is ["store-fill", var store, var runs])
        {
            await new LargeStore(Path.Combine(store, ".mlops"), int.Parse(runs, CultureInfo.InvariantCulture))
                .FillAsync(CancellationToken.None);
            return 0;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}; best of several, seconds");
        BenchmarkResult[] results =
        [
            .. arguments is [] or ["build"] ? await BuildAsync(stop.Token) : [],
            .. arguments is ["start"]
                ? await WarmStart.MeasureAsync(await EmptyProgram.MeasureAsync(stop.Token), stop.Token)
                : [],
            .. arguments is [] or ["pipelines"] ? await ManyPipelines.MeasureAsync(stop.Token) : [],
            .. arguments is [] or ["scoring"]
                ? [RowScoring.Measure(), await ServerStart.MeasureAsync(stop.Token)]
                : Array.Empty<BenchmarkResult>(),
            .. arguments is [] or ["store", ..]
                ? await StoreAtSize.MeasureAsync(
                    int.Parse(arguments.ElementAtOrDefault(1) ?? "100000", CultureInfo.InvariantCulture), stop.Token)
                : [],
            .. arguments is [] or ["training"] ? await MillionRows.MeasureAsync(stop.Token) : [],
            .. arguments is ["tuning", var hours] ? await SearchQuality.MeasureAsync(hours, stop.Token) : [],
            .. arguments is [] or ["profiling", ..] ? await FileProfiles.MeasureAsync(arguments.ElementAtOrDefault(1), stop.Token) : [],
            .. arguments is [] or ["gateway"] ? await GatewayAsync(stop.Token) : [],
            .. arguments is [] or ["logging"] ? await LoggingAsync(stop.Token) : [],
        ];
        foreach (var result in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(result.Met ? "met " : "MISSED")} {result.Name}: {result.Seconds:0.000} against {result.PeerSeconds:0.000} ({result.Peer}), ratio {result.Ratio:0.00}, goal below {result.Goal:0.00}"));
        }

        return results.Length > 0 && results.All(result => result.Met) ? 0 : 1;
    }

    private static async Task<BenchmarkResult[]> BuildAsync(CancellationToken cancellationToken)
    {
        var empty = await EmptyProgram.MeasureAsync(cancellationToken);
        string[] twentyYears = ["--set", "simulation-days=7305", "simulation-growth=1"];
        return
        [
            .. await WarmStart.MeasureAsync(empty, cancellationToken),
            await ManyTargets.MeasureAsync("planning 1,000 targets", 1_000, ["T999", "--plan"], 1, empty),
            await ManyTargets.MeasureAsync("running 10,000 empty targets", 10_000, ["T9999"], 10, empty),
            await ManyTargets.MeasureAsync("running 10,000 empty targets, 2 at once", 10_000, ["T9999", "--parallel", "2"], 10, empty),
            await SecondRun.MeasureAsync("two simulated years", [], cancellationToken),
            await CleanClone.MeasureAsync("two simulated years", [], cancellationToken),
            await CleanClone.MeasureAsync("twenty simulated years", twentyYears, cancellationToken),
            await SecondRun.MeasureAsync("twenty simulated years", twentyYears, cancellationToken),
        ];
    }

    private static async Task<BenchmarkResult[]> GatewayAsync(CancellationToken cancellationToken)
    {
        using var project = await ServedProject.CreateAsync(cancellationToken);
        return
        [
            .. await GatewayThroughput.MeasureAsync(project, cancellationToken),
            await LastBadAnswer.MeasureAsync(project, cancellationToken)
        ];
    }

    private static async Task<BenchmarkResult[]> LoggingAsync(CancellationToken cancellationToken)
    {
        using var project = await ServedProject.CreateAsync(cancellationToken);
        return await PredictionLogging.MeasureAsync(project, cancellationToken);
    }
}

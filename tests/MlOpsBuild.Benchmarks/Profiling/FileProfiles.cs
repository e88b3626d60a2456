using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Benchmarks.Profiling;

/// <summary>
/// A profile of a generated gigabyte, and of a given file, with each row checked against a contract, beside DuckDB's and pandas' profiles;
/// each in a process of its own.
/// </summary>
internal static class FileProfiles
{
    private const long Bytes = 1_000_000_000;
    private const double MostMegabytes = 256;
    private const int BlockRows = 200_000;

    public static async Task<BenchmarkResult[]> MeasureAsync(string? file, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-bench-").FullName;
        try
        {
            var duck = await DuckDb.BuildAsync(Directory.CreateDirectory(Path.Combine(folder, "duck")).FullName, cancellationToken);
            var generated = Path.Combine(folder, "gigabyte.csv");
            await WriteAsync(generated, cancellationToken);
            return
            [
                .. file == null
                    ? Array.Empty<BenchmarkResult>()
                    : await CompareAsync(Path.GetFileName(file), Path.GetFullPath(file), 30, duck, folder, cancellationToken),
                .. await CompareAsync("a generated gigabyte of 20 columns", generated, 3, duck, folder, cancellationToken),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BenchmarkResult[]> CompareAsync(
        string name, string file, int times, string duck, string folder, CancellationToken cancellationToken)
    {
        var often = times.ToString(CultureInfo.InvariantCulture);
        var contract = Path.Combine(folder, "contract.json");
        await OurProfile.InferAsync(file, contract, cancellationToken);
        var first = await RunAsync("dotnet", [typeof(FileProfiles).Assembly.Location, "profile", file, "1", contract]);
        var ours = await RunAsync("dotnet", [typeof(FileProfiles).Assembly.Location, "profile", file, often, contract]);
        var theirs = await RunAsync("dotnet", [duck, file, often]);
        var pandas = await RunAsync("/usr/bin/python3", ["-c", Pandas.Source, file, often]);
        return
        [
            new($"profile and contract of {name}", ours.Seconds, DuckDb.Name, theirs.Seconds, 1),
            new($"profile and contract of {name}", ours.Seconds, Pandas.Name, pandas.Seconds, 0.1),
            new("the same, the first one of a process", first.Seconds, Pandas.Name, pandas.Seconds, 1),
            new("resident memory of it, MB", ours.Megabytes, "what is allowed", MostMegabytes, 1),
        ];

        async Task<(double Seconds, double Megabytes)> RunAsync(string program, string[] arguments)
        {
            var told = (await Timed.ReadAsync(folder, program, arguments, cancellationToken)).Trim().Split('\n')[^1].Split(' ');
            return (double.Parse(told[0], CultureInfo.InvariantCulture), double.Parse(told[1], CultureInfo.InvariantCulture));
        }
    }

    // Normal numbers, whole ones, categories, days and a number that hardly ever comes twice; the same rows again and again.
    private static async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        string[] colours = ["red", "green", "blue", "yellow"];
        var (random, block) = (new SplitMix64(1), new StringBuilder());
        for (var row = 0; row < BlockRows; row++)
        {
            var day = new DateOnly(2024, 1, 1).AddDays(row % 366);
            block.AppendJoin(',', Enumerable.Range(0, 8).Select(_ => random.NextNormal().ToString("0.00000", CultureInfo.InvariantCulture)))
                .Append(',').AppendJoin(',', Enumerable.Range(0, 6).Select(_ => random.NextInt(1000)))
                .Append(',').AppendJoin(',', Enumerable.Range(0, 4).Select(_ => colours[random.NextInt(colours.Length)]))
                .Append(CultureInfo.InvariantCulture, $",{day:yyyy-MM-dd},{random.NextInt(100_000_000)}\n");
        }

        var bytes = Encoding.ASCII.GetBytes(block.ToString());
        await using var stream = File.Create(file);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                string.Join(',', Enumerable.Range(0, 20).Select(column => $"c{column.ToString(CultureInfo.InvariantCulture)}")) + "\n"),
            cancellationToken);
        while (stream.Length < Bytes)
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>
/// The gateway that keeps predictions beside one of the same program and routes that keeps none: seconds for 10,000 predictions, asked one
/// after the other, and by sixteen callers at once.
/// </summary>
internal static class PredictionLogging
{
    private const int Rounds = 5;
    private const int Requests = 10_000;
    private const double Goal = 1.05;
    private const string WarmUp = "10s";
    private const string Round = "4s";

    public static async Task<BenchmarkResult[]> MeasureAsync(ServedProject project, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlops-unlogged-").FullName;
        try
        {
            return await MeasureAsync(project, folder, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BenchmarkResult[]> MeasureAsync(ServedProject project, string folder, CancellationToken cancellationToken)
    {
        using var unlogged = await Peer.StartAsync(port => Command(project, folder, port), cancellationToken);
        using var wrk = new Wrk();
        int[] ports = [project.Port, unlogged.Port];
        var results = new List<BenchmarkResult>();
        foreach (var callers in (int[])[1, 16])
        {
            double[] best = [0, 0];
            foreach (var port in ports)
            {
                await wrk.RunAsync(port, WarmUp, cancellationToken, callers);
            }

            for (var round = 0; round < Rounds; round++)
            {
                // Neither is always the first of the two.
                foreach (var i in round % 2 == 0 ? (int[])[0, 1] : [1, 0])
                {
                    best[i] = Math.Max(best[i], await wrk.RunAsync(ports[i], Round, cancellationToken, callers));
                }
            }

            results.Add(new(
                string.Create(CultureInfo.InvariantCulture, $"10,000 predictions that are kept, {callers} at once"), Requests / best[0],
                "the same gateway without a log", Requests / best[1], Goal));
        }

        return [.. results];
    }

    private static string[] Command(ServedProject project, string folder, int port)
    {
        var options = JsonNode.Parse(File.ReadAllText(project.GatewayOptions))!.AsObject();
        var files = options["files"]!.AsObject();
        (files["readyFile"], files["logFile"]) = (Path.Combine(folder, "ready.json"), Path.Combine(folder, "server.log"));
        File.Copy(project.RoutesFile, Path.Combine(folder, "routes.json"));
        (options["log"], options["port"], options["routesFile"]) = (null, port, Path.Combine(folder, "routes.json"));
        var path = Path.Combine(folder, "options.json");
        File.WriteAllText(path, options.ToJsonString());
        var program = files["program"]!.GetValue<string>();
        string[] host = files["host"]?.GetValue<string>() is { } known ? [known] : [];

        // Compiled by its profile, as the other one is.
        return ["env", "DOTNET_TieredPGO=1", .. host, program, "gateway", path];
    }
}

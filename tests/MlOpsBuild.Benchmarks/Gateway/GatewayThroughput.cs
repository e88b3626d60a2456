using System.Globalization;

namespace MlOpsBuild.Benchmarks.Gateway;

/// <summary>Predictions through the gateway, YARP and HAProxy in turn, with wrk on the same model server: seconds for 10,000.</summary>
internal static class GatewayThroughput
{
    private const int Rounds = 3;
    private const int Requests = 10_000;
    private const string WarmUp = "10s";
    private const string Round = "5s";

    public static async Task<BenchmarkResult[]> MeasureAsync(ServedProject project, CancellationToken cancellationToken)
    {
        using var yarp = await Peer.StartAsync(
            port => ["dotnet", typeof(GatewayThroughput).Assembly.Location, "yarp", Text(port), Text(project.Serving)], cancellationToken);
        using var haproxy = await HaProxy.StartAsync(project.Serving, project.Warm, cancellationToken);
        int[] ports = [project.Port, yarp.Port, haproxy.Port];
        double[] best = [0, 0, 0];
        using var wrk = new Wrk();
        foreach (var port in ports)
        {
            await wrk.RunAsync(port, WarmUp, cancellationToken);
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < ports.Length; i++)
            {
                best[i] = Math.Max(best[i], await wrk.RunAsync(ports[i], Round, cancellationToken));
            }
        }

        return
        [
            new("10,000 predictions through the gateway", Requests / best[0], "YARP's forwarding", Requests / best[1], 1 / 1.1),
            new("10,000 predictions through the gateway", Requests / best[0], "HAProxy", Requests / best[2], 1 / 0.6),
        ];
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

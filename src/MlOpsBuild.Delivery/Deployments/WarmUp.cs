using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Asks servers until their answer times are level, so that none is judged by its first milliseconds.</summary>
/// <param name="environment">Where they are: each of their replicas is asked.</param>
/// <param name="rows">Rows to ask with.</param>
/// <param name="time">The clock.</param>
internal sealed class WarmUp(IEnvironment environment, Artifact rows, TimeProvider time)
{
    private const int Window = 50;
    private const int FewestWindows = 4;
    private const int MostWindows = 40;
    private const double Level = 1.15;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Asks <paramref name="server"/> until the last window's median is no faster than the ones before; its times
    /// from then on, in milliseconds.
    /// </summary>
    public async Task<IReadOnlyList<double>> RunAsync(ServerInstance server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Longest };
        var bodies = File.ReadLines(rows.Path)
            .Take(Window * FewestWindows)
            .Select(line => Encoding.UTF8.GetBytes(LabelledRow.Parse(line).Features.ToJsonString()))
            .ToList();
        var level = new List<double>();
        foreach (var port in await environment.PortsAsync(server, cancellationToken))
        {
            level.AddRange(await RunAsync(http, port, bodies, cancellationToken));
        }

        return level;
    }

    private async Task<IEnumerable<double>> RunAsync(
        HttpClient http, int port, List<byte[]> bodies, CancellationToken cancellationToken)
    {
        var (times, started) = (new List<double>(), time.GetTimestamp());
        while (times.Count < Window * MostWindows && time.GetElapsedTime(started) < Longest && !IsLevel(times))
        {
            var asked = time.GetTimestamp();
            if (!await TryAskAsync(http, port, bodies[times.Count % bodies.Count], cancellationToken))
            {
                break;
            }

            times.Add(time.GetElapsedTime(asked).TotalMilliseconds);
        }

        return times.TakeLast(2 * Window);
    }

    // A server that ends meanwhile, for a rollback or by itself, is not warmed up; what follows sees that it is gone.
    private static async Task<bool> TryAskAsync(HttpClient http, int port, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(body);
            using var response = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/predict"), content, cancellationToken);
            return true;
        }
        catch (Exception problem)
            when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static bool IsLevel(List<double> times) => times.Count >= Window * FewestWindows
        && times.Count % Window == 0
        && times.Chunk(Window).Select(Quantile.Median).ToList() is var windows
        && windows[^1] <= Level * windows.SkipLast(1).Min() && windows[^2] <= Level * windows[^1];
}

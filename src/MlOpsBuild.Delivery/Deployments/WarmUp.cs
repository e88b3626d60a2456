using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>Sends a server some requests before it gets real ones, so that it is not judged by its first milliseconds.</summary>
internal static class WarmUp
{
    private const int Requests = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(ServerInstance server, Artifact rows, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var bodies = File.ReadLines(rows.Path).Take(Requests)
            .Select(line => Encoding.UTF8.GetBytes(LabelledRow.Parse(line).Features.ToJsonString())).ToList();
        var started = time.GetTimestamp();
        for (var i = 0; i < Requests && time.GetElapsedTime(started) < Longest; i++)
        {
            using var content = new ByteArrayContent(bodies[i % bodies.Count]);
            using var response = await http.PostAsync(new Uri($"http://127.0.0.1:{server.Port}/predict"), content, cancellationToken);
        }
    }
}

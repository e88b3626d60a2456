using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A bounded load: so many callers ask one after the other, each its share of the requests, with the rows in turn.</summary>
/// <param name="http">Asks the server.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadTest(HttpClient http, TimeProvider time)
{
    private const int Callers = 4;
    private const int Requests = 1000;

    /// <summary>How long the answers took; those that were no answer are left out.</summary>
    public async Task<AnswerTimes?> RunAsync(IReadOnlyList<LabelledRow> rows, CancellationToken cancellationToken)
    {
        var bodies = rows.Select(row => Encoding.UTF8.GetBytes(row.Features.ToJsonString())).ToList();
        var times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(bodies, caller, cancellationToken)));
        return AnswerTimes.Of(times.SelectMany(taken => taken));
    }

    private async Task<List<TimeSpan>> CallAsync(List<byte[]> bodies, int caller, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        for (var request = caller; request < Requests; request += Callers)
        {
            var started = time.GetTimestamp();
            using var content = new ByteArrayContent(bodies[request % bodies.Count]);
            using var response = await http.PostAsync(new Uri("predict", UriKind.Relative), content, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            times.AddRange(response.IsSuccessStatusCode ? [time.GetElapsedTime(started)] : []);
        }

        return times;
    }
}

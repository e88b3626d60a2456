using System.Net;
using System.Net.Http.Headers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Talks to model servers on loopback.</summary>
internal sealed class UpstreamClient(ServerLimits limits, TimeProvider time) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    });

    /// <summary>The server's answer, or that there was none.</summary>
    public async Task<UpstreamAnswer> PredictAsync(Upstream upstream, byte[] body, string id, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(upstream, "predict"));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        request.Headers.TryAddWithoutValidation(ServerHeaders.RequestId, id);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(limits.AnswerSeconds));
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return new((int)response.StatusCode, answer, time.GetElapsedTime(started));
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new((int)HttpStatusCode.BadGateway, default, time.GetElapsedTime(started), Unreachable: true);
        }
    }

    /// <summary>Whether the server answers within <paramref name="patience"/>.</summary>
    public async Task<bool> IsAliveAsync(Upstream upstream, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(upstream, "v2/health/ready"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Address(Upstream upstream, string path) => new($"http://127.0.0.1:{upstream.Port}/{path}");
}

using System.Net;
using System.Net.Http.Headers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Serving.Gateway;

/// <summary>Talks to model servers on loopback.</summary>
internal sealed class UpstreamClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) })
    {
        Timeout = Patience,
    };

    public async Task<UpstreamAnswer> PredictAsync(Upstream upstream, byte[] body, string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(upstream, "predict"));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.TryAddWithoutValidation(ServerHeaders.RequestId, id);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), false);
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new((int)HttpStatusCode.BadGateway, default, true);
        }
    }

    public async Task<bool> IsReadyAsync(Upstream upstream, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(Address(upstream, "v2/health/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri Address(Upstream upstream, string path) => new($"http://127.0.0.1:{upstream.Port}/{path}");
}

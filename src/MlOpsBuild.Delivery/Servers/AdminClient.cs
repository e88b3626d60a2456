using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Talks to the admin endpoints of our servers on loopback.</summary>
public sealed partial class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    /// <summary>Whether the process at the instance's address is the one we started: it must return the id we gave it.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <param name="patience">How long it may take; null waits as long as for any other answer.</param>
    public async Task<bool> IsOursAsync(ServerInstance instance, CancellationToken cancellationToken, TimeSpan? patience = null) =>
        instance.AdminPort != 0
            && await TrySendAsync<ServerReady>(instance, HttpMethod.Get, "id", cancellationToken, patience) is { } ready
            && ready.Id == instance.Id;

    /// <summary>The gateway's routes, or null when it does not answer.</summary>
    public Task<RouteTable?> RoutesAsync(ServerInstance gateway, CancellationToken cancellationToken) =>
        TrySendAsync<RouteTable>(gateway, HttpMethod.Get, "routes", cancellationToken);

    /// <summary>
    /// Replaces the gateway's routes from the generation that was read; the routes then in force, or null when it does not answer.
    /// </summary>
    /// <exception cref="StageFailedException">The gateway refuses the routes.</exception>
    public async Task<(bool Taken, RouteTable? Current)> ReplaceAsync(
        ServerInstance gateway, RouteUpdate update, CancellationToken cancellationToken)
    {
        var (status, body) = await TrySendAsync(gateway, HttpMethod.Put, "routes", update, cancellationToken);
        return status switch
        {
            HttpStatusCode.OK => (true, CanonicalJson.TryDeserialize<RouteTable>(body)),
            HttpStatusCode.Conflict => (false, CanonicalJson.TryDeserialize<RouteTable>(body)),
            HttpStatusCode.BadRequest => throw new StageFailedException(
                "The gateway refuses the routes", CanonicalJson.TryDeserialize<ProblemAnswer>(body)?.Findings ?? [], Verdict.Error),
            _ => (false, null),
        };
    }

    /// <summary>What the gateway saw from position <paramref name="from"/> on, or null when it does not answer.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="from">Where the last batch ended; what came before is forgotten.</param>
    /// <param name="renew">Generation whose lease is renewed, or null.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<TrafficBatch?> TrafficAsync(ServerInstance gateway, long from, long? renew, CancellationToken cancellationToken) =>
        TrySendAsync<TrafficBatch>(
            gateway, HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"traffic?from={from}{(renew == null ? "" : $"&renew={renew}")}"),
            cancellationToken);

    /// <summary>A server's metrics in Prometheus' text; empty when it does not answer.</summary>
    public async Task<string> MetricsAsync(ServerInstance server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await _http.GetStringAsync(new Uri($"http://127.0.0.1:{server.Port}/metrics"), limit.Token);
        }
        catch (Exception problem)
            when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    /// <summary>Copies what the gateway keeps of predictions into a folder; whether there was anything.</summary>
    /// <exception cref="StageFailedException">It does not answer to the end.</exception>
    public async Task<bool> PredictionsAsync(ServerInstance gateway, string folder, CancellationToken cancellationToken)
    {
        var after = "";
        try
        {
            while (true)
            {
                using var request = Request(gateway, HttpMethod.Get, $"predictions?{ServerHeaders.After}={after}");
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.NoContent)
                {
                    return after.Length > 0;
                }

                // The gateway's word for a file's name leads nowhere but into this folder.
                answer.EnsureSuccessStatusCode();
                after = Path.GetFileName(answer.Headers.GetValues(ServerHeaders.File).Single());
                await using var file = PrivateFile.Begin(Path.Combine(folder, after));
                await answer.Content.CopyToAsync(file, cancellationToken);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidOperationException)
        {
            throw new StageFailedException(new Finding(
                "MLB5066", "The gateway does not give its log of predictions", $"127.0.0.1:{gateway.AdminPort}", problem.Message,
                "all of its files", "./build.sh Status shows what runs; run the command again"));
        }
    }

    /// <summary>Asks a server to end.</summary>
    public async Task StopAsync(ServerInstance instance, CancellationToken cancellationToken) =>
        await TrySendAsync(instance, HttpMethod.Post, "stop", null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T?> TrySendAsync<T>(
        ServerInstance instance, HttpMethod method, string path, CancellationToken cancellationToken, TimeSpan? patience = null)
        where T : class
    {
        var (status, body) = await TrySendAsync(instance, method, path, null, cancellationToken, patience);
        return status == HttpStatusCode.OK ? CanonicalJson.TryDeserialize<T>(body) : null;
    }

    private async Task<(HttpStatusCode? Status, byte[] Body)> TrySendAsync(
        ServerInstance instance, HttpMethod method, string path, object? body, CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        using var request = Request(instance, method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, CanonicalJson.Options)),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience ?? Patience);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token));
        }
        catch (Exception problem)
            when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, []);
        }
    }

    private static HttpRequestMessage Request(ServerInstance instance, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{instance.AdminPort}/admin/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", instance.Token);
        return request;
    }
}

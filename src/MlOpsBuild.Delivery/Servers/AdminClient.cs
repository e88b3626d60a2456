using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>Talks to the admin endpoints of our servers on loopback.</summary>
public sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Patience };

    /// <summary>Whether the process at the instance's address is the one we started: it must return the id we gave it.</summary>
    public async Task<bool> IsOursAsync(ServerInstance instance, CancellationToken cancellationToken) =>
        instance.AdminPort != 0 && await TrySendAsync<ServerReady>(instance, HttpMethod.Get, "id", cancellationToken) is { } ready && ready.Id == instance.Id;

    /// <summary>As <see cref="IsOursAsync(ServerInstance, CancellationToken)"/>, without waiting longer than <paramref name="patience"/>.</summary>
    public async Task<bool> IsOursAsync(ServerInstance instance, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await IsOursAsync(instance, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The gateway's routes, or null when it does not answer.</summary>
    public Task<RouteTable?> RoutesAsync(ServerInstance gateway, CancellationToken cancellationToken) =>
        TrySendAsync<RouteTable>(gateway, HttpMethod.Get, "routes", cancellationToken);

    /// <summary>Replaces the gateway's routes from the generation that was read; the routes then in force, or null when it does not answer.</summary>
    /// <exception cref="StageFailedException">The gateway refuses the routes.</exception>
    public async Task<(bool Taken, RouteTable? Current)> ReplaceAsync(ServerInstance gateway, RouteUpdate update, CancellationToken cancellationToken)
    {
        var (status, body) = await TrySendAsync(gateway, HttpMethod.Put, "routes", update, cancellationToken);
        return status switch
        {
            HttpStatusCode.OK => (true, Read<RouteTable>(body)),
            HttpStatusCode.Conflict => (false, Read<RouteTable>(body)),
            HttpStatusCode.BadRequest => throw new StageFailedException("The gateway refuses the routes", Read<ProblemAnswer>(body)?.Findings ?? [], Verdict.Error),
            _ => (false, null),
        };
    }

    /// <summary>What the gateway saw from position <paramref name="from"/> on, or null when it does not answer.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="from">Where the last batch ended; what came before is forgotten.</param>
    /// <param name="renew">Generation whose lease is renewed, or null.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<TrafficBatch?> TrafficAsync(ServerInstance gateway, long from, long? renew, CancellationToken cancellationToken) =>
        TrySendAsync<TrafficBatch>(gateway, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"traffic?from={from}{(renew == null ? "" : $"&renew={renew}")}"), cancellationToken);

    /// <summary>Asks a server to end.</summary>
    public async Task StopAsync(ServerInstance instance, CancellationToken cancellationToken) =>
        await TrySendAsync(instance, HttpMethod.Post, "stop", null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static T? Read<T>(byte[] body) where T : class
    {
        try
        {
            return body.Length > 0 ? JsonSerializer.Deserialize<T>(body, CanonicalJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<T?> TrySendAsync<T>(ServerInstance instance, HttpMethod method, string path, CancellationToken cancellationToken) where T : class
    {
        var (status, body) = await TrySendAsync(instance, method, path, null, cancellationToken);
        return status == HttpStatusCode.OK ? Read<T>(body) : null;
    }

    private async Task<(HttpStatusCode? Status, byte[] Body)> TrySendAsync(ServerInstance instance, HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{instance.AdminPort}/admin/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", instance.Token);
        if (body != null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, CanonicalJson.Options));
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, []);
        }
    }
}

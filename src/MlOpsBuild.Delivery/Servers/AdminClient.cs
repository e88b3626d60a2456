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
        await TrySendAsync<ServerReady>(instance, HttpMethod.Get, "id", null, cancellationToken) is { } ready && ready.Id == instance.Id;

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
        TrySendAsync<RouteTable>(gateway, HttpMethod.Get, "routes", null, cancellationToken);

    /// <summary>Replaces the gateway's routes; false when it does not answer.</summary>
    public async Task<bool> RouteAsync(ServerInstance gateway, RouteTable routes, CancellationToken cancellationToken) =>
        await TrySendAsync<RouteTable>(gateway, HttpMethod.Put, "routes", routes, cancellationToken) != null;

    /// <summary>The gateway's counts, or null when it does not answer.</summary>
    public Task<IReadOnlyList<EpochCounts>?> CountsAsync(ServerInstance gateway, CancellationToken cancellationToken) =>
        TrySendAsync<IReadOnlyList<EpochCounts>>(gateway, HttpMethod.Get, "counts", null, cancellationToken);

    /// <summary>Asks a server to end.</summary>
    public async Task StopAsync(ServerInstance instance, CancellationToken cancellationToken) =>
        await TrySendAsync<JsonElement?>(instance, HttpMethod.Post, "stop", null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<T?> TrySendAsync<T>(ServerInstance instance, HttpMethod method, string path, object? body, CancellationToken cancellationToken)
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
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode && content.Length > 0 ? JsonSerializer.Deserialize<T>(content, CanonicalJson.Options) : default;
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return default;
        }
    }
}

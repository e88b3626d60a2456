using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using Polly;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>
/// Requests to an MLflow server. An answer that is no JSON comes from somebody else, a proxy's page to log in for example, and is never
/// taken for the server's. Redirects are not followed: credentials are for that server.
/// </summary>
internal sealed class RestConnection : IDisposable
{
    private const string Api = "api/2.0/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceOfFiles = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeated;
    private readonly ResiliencePipeline<HttpResponseMessage> _careful;
    private readonly ResiliencePipeline _looking;

    public RestConnection(TrackingServer server, TimeProvider time)
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        _http.DefaultRequestHeaders.Authorization = server.Credentials;
        (_repeated, _careful, _looking) = (RestRetry.Repeated(time), RestRetry.Careful(time), RestRetry.Looking(time));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for something.</summary>
    public Task<JsonObject> GetAsync(string path, IEnumerable<(string Name, string Value)> query, CancellationToken cancellationToken)
    {
        var words = string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        return AskAsync(HttpMethod.Get, words.Length > 0 ? $"{path}?{words}" : path, null, _repeated, cancellationToken);
    }

    /// <summary>Says something that may be said twice.</summary>
    public Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, path, body, _repeated, cancellationToken);

    /// <summary>Takes something away.</summary>
    public Task<JsonObject> DeleteAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, path, body, _repeated, cancellationToken);

    /// <summary>What is there, or else what is made now; where it may have been made, it is looked for before it is made again.</summary>
    /// <param name="find">Looks for it.</param>
    /// <param name="path">Where it is made.</param>
    /// <param name="body">What is made.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> FindOrCreateAsync<T>(
        Func<CancellationToken, Task<T?>> find, string path, JsonObject body, Func<JsonObject, T> read,
        CancellationToken cancellationToken) where T : class
    {
        // To look was repeated by then; only what was to be made is worth another look.
        ExceptionDispatchInfo? unseen = null;
        var there = await _looking.ExecuteAsync(
            async token =>
            {
                try
                {
                    if (await find(token) is { } found)
                    {
                        return found;
                    }
                }
                catch (TrackingRefusedException problem)
                {
                    unseen = ExceptionDispatchInfo.Capture(problem);
                    return null;
                }

                return read(await AskAsync(HttpMethod.Post, path, body, _careful, token));
            },
            cancellationToken);
        unseen?.Throw();
        return there!;
    }

    /// <summary>Sends content to the artifacts behind the server.</summary>
    public async Task PutAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new(HttpMethod.Put, Api + path) { Content = new ByteArrayContent(content) }, _repeated, PatienceOfFiles,
            HttpCompletionOption.ResponseContentRead, cancellationToken);
        await RequireAsync(answer, cancellationToken);
    }

    /// <summary>Loads an artifact into <paramref name="target"/>.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="target">Takes it.</param>
    /// <param name="most">Most bytes that are taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LoadAsync(string path, Stream target, long most, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PatienceOfFiles);
        using var answer = await SendAsync(
            () => new(HttpMethod.Get, Api + path), _repeated, PatienceOfFiles, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(limit.Token);
            var (buffer, loaded, count) = (new byte[1 << 16], 0L, 0);
            while ((count = await content.ReadAsync(buffer, limit.Token)) > 0)
            {
                loaded += count;
                if (loaded > most)
                {
                    throw new TrackingRefusedException(answer.StatusCode, "", $"the artifact has more than {most} bytes");
                }

                await target.WriteAsync(buffer.AsMemory(0, count), limit.Token);
            }
        }
        catch (Exception silent) when (IsSilence(silent, cancellationToken))
        {
            throw new TrackingRefusedException($"{_http.BaseAddress!.Host} stopped answering: {silent.Message}", silent);
        }
    }

    private async Task<JsonObject> AskAsync(
        HttpMethod method, string path, JsonObject? body, ResiliencePipeline<HttpResponseMessage> retries,
        CancellationToken cancellationToken)
    {
        var content = body?.ToJsonString();
        using var answer = await SendAsync(
            () => new(method, Api + path)
            {
                Content = content == null ? null : new StringContent(content, Encoding.UTF8, "application/json"),
            },
            retries, Patience, HttpCompletionOption.ResponseContentRead, cancellationToken);
        await RequireAsync(answer, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return Parsed(text) ?? throw new TrackingRefusedException(
            answer.StatusCode, "",
            $"{TypeOf(answer)} instead of JSON from {_http.BaseAddress!.Host}: not MLflow's answer, perhaps a proxy's page to log in");
    }

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, ResiliencePipeline<HttpResponseMessage> retries, TimeSpan patience, HttpCompletionOption completion,
        CancellationToken cancellationToken)
    {
        try
        {
            return await retries.ExecuteAsync(
                async token =>
                {
                    using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
                    limit.CancelAfter(patience);
                    using var request = make();
                    try
                    {
                        return await _http.SendAsync(request, completion, limit.Token);
                    }
                    catch (OperationCanceledException late) when (!token.IsCancellationRequested)
                    {
                        throw new TimeoutException($"nothing within {patience.TotalSeconds:0} s", late);
                    }
                },
                cancellationToken);
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or TimeoutException)
        {
            throw new TrackingRefusedException($"no answer from {_http.BaseAddress!.Authority}: {silent.Message}", silent);
        }
    }

    private static async Task RequireAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var said = Parsed(text);
            throw new TrackingRefusedException(
                answer.StatusCode, said?["error_code"]?.ToString() ?? "",
                Excerpt.Line(
                    said?["message"]?.ToString() ?? (answer.StatusCode < HttpStatusCode.BadRequest ? "a redirect" : TypeOf(answer))));
        }
    }

    private static JsonObject? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TypeOf(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType ?? "something without a type";

    private static bool IsSilence(Exception problem, CancellationToken cancellationToken) =>
        problem is HttpRequestException or IOException
        || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

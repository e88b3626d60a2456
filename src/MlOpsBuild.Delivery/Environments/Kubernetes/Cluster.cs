using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MlOpsBuild.Core;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>
/// One namespace of a cluster, as its API server gives it. Everything that is written is applied by the server (server-side apply), so that
/// what others manage is told and not overwritten; what can be asked again without harm is, where the server is busy.
/// </summary>
internal sealed class Cluster : IDisposable
{
    private const int Retries = 4;
    private const string Apply = "application/apply-patch+yaml";
    private const string Merge = "application/merge-patch+json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly k8s.Kubernetes _client;
    private readonly ResiliencePipeline<Answer> _pipeline;
    private readonly bool _takeOver;

    /// <summary>The namespace of <paramref name="settings"/>.</summary>
    /// <param name="settings">Which cluster and namespace.</param>
    /// <param name="access">Where it is, and who asks.</param>
    /// <param name="takeOver">Whether fields that others manage are taken over.</param>
    /// <param name="time">The clock of pauses.</param>
    public Cluster(KubernetesSettings settings, KubernetesClientConfiguration access, bool takeOver, TimeProvider time)
    {
        Namespace = settings.Namespace ?? (string.IsNullOrEmpty(access.Namespace) ? "default" : access.Namespace);
        _takeOver = takeOver;
        _client = new(access);

        // One that stands below a path is asked below it.
        Address = new(_client.BaseUri.ToString().TrimEnd('/') + "/");
        _pipeline = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                MaxRetryAttempts = Retries, BackoffType = DelayBackoffType.Exponential, Delay = Pause,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is HttpRequestException or IOException or TimeoutException
                    || attempt.Outcome.Result?.Code is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError),
                DelayGenerator = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result?.Wait is { } asked ? asked < LongestPause ? asked : LongestPause : (TimeSpan?)null),
            }).Build();
    }

    /// <summary>The namespace.</summary>
    public string Namespace { get; }

    /// <summary>The API server.</summary>
    public Uri Address { get; }

    /// <summary>Makes an object so, or what of it is ours; as it is now.</summary>
    /// <exception cref="FindingsException">It is refused, or others manage a part of it.</exception>
    public async Task<JsonNode> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        var path = $"{manifest.Kind.Path(Namespace, manifest.Name)}?fieldManager={ClusterNames.Manager}&fieldValidation=Strict"
            + $"&force={(_takeOver ? "true" : "false")}";
        return JsonNode.Parse(await SendAsync(
            HttpMethod.Patch, path, (manifest.Content.ToJsonString(), Apply), $"apply {manifest.Kind.Kind} {manifest.Name}", false,
            cancellationToken))!;
    }

    /// <summary>Changes a part of an object, and says whether there is one.</summary>
    public async Task<bool> ChangeAsync(ResourceKind kind, string name, JsonObject part, CancellationToken cancellationToken) =>
        (await SendAsync(
            HttpMethod.Patch, $"{kind.Path(Namespace, name)}?fieldManager={ClusterNames.Manager}", (part.ToJsonString(), Merge),
            $"change {kind.Kind} {name}", true, cancellationToken)).Length > 0;

    /// <summary>An object, or null.</summary>
    public async Task<T?> FindAsync<T>(ResourceKind kind, string name, CancellationToken cancellationToken)
        where T : class => await ReadAsync(kind, name, cancellationToken) is { Length: > 0 } found
            ? KubernetesJson.Deserialize<T>(found)
            : null;

    /// <summary>An object of a kind that the client has no model of, or null.</summary>
    public async Task<JsonNode?> FindAsync(ResourceKind kind, string name, CancellationToken cancellationToken) =>
        await ReadAsync(kind, name, cancellationToken) is { Length: > 0 } found ? JsonNode.Parse(found) : null;

    /// <summary>Objects with these labels, the oldest first.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(ResourceKind kind, string selector, CancellationToken cancellationToken)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var found = JsonNode.Parse(await SendAsync(
            HttpMethod.Get, $"{kind.Path(Namespace)}?labelSelector={Uri.EscapeDataString(selector)}", null, $"list {kind.Plural}", false,
            cancellationToken))!;
        return
        [
            .. found["items"]!.AsArray()
                .Select(item => KubernetesJson.Deserialize<T>(item!.ToJsonString()))
                .OrderBy(item => item.Metadata.CreationTimestamp)
                .ThenBy(item => item.Metadata.Name, StringComparer.Ordinal)
        ];
    }

    /// <summary>Takes an object away with all that it made; whether there was one.</summary>
    public async Task<bool> DeleteAsync(ResourceKind kind, string name, CancellationToken cancellationToken, bool atOnce = false) =>
        (await SendAsync(
            HttpMethod.Delete,
            $"{kind.Path(Namespace, name)}?propagationPolicy=Background{(atOnce ? "&gracePeriodSeconds=0" : "")}", null,
            $"delete {kind.Kind} {name}", true, cancellationToken)).Length > 0;

    /// <summary>The last lines that a pod said; empty when there are none.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string pod, int lines, CancellationToken cancellationToken, bool previous = false)
    {
        var path = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{ResourceKind.Pod.Path(Namespace, pod)}/log?tailLines={lines}{(previous ? "&previous=true" : "")}");
        var (code, body, _) = await TryAsync(HttpMethod.Get, path, null, cancellationToken);
        return code == HttpStatusCode.OK ? body.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    /// <summary>What a pod says from its beginning on, line by line, until it ends or the connection does.</summary>
    public async IAsyncEnumerable<string> FollowAsync(
        string pod, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(Address, $"{ResourceKind.Pod.Path(Namespace, pod)}/log?follow=true"));
        using var answer = await AskAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            yield break;
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>A way to a port of a pod.</summary>
    public Task<WebSocket> ForwardAsync(string pod, int port, CancellationToken cancellationToken) =>
        _client.WebSocketNamespacedPodPortForwardAsync(
            pod, Namespace, [port], WebSocketProtocol.V4BinaryWebsocketProtocol, cancellationToken: cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private Task<string> ReadAsync(ResourceKind kind, string name, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, kind.Path(Namespace, name), null, $"read {kind.Kind} {name}", true, cancellationToken);

    private async Task<HttpResponseMessage> AskAsync(
        HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        await (_client.Credentials?.ProcessHttpRequestAsync(request, cancellationToken) ?? Task.CompletedTask);
        return await _client.HttpClient.SendAsync(request, completion, cancellationToken);
    }

    // Empty where the object is not there, and it need not be.
    private async Task<string> SendAsync(
        HttpMethod method, string path, (string Text, string Type)? content, string what, bool mayBeAbsent,
        CancellationToken cancellationToken)
    {
        Answer answer;
        try
        {
            answer = await _pipeline.ExecuteAsync(async token => await TryAsync(method, path, content, token), cancellationToken);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or TimeoutException)
        {
            throw KubernetesProblem.Silent(Address, what, problem);
        }

        return answer.Code is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices ? answer.Body
            : answer.Code == HttpStatusCode.NotFound && mayBeAbsent ? ""
            : throw KubernetesProblem.Of(Address, what, answer.Code, answer.Body);
    }

    private async Task<Answer> TryAsync(
        HttpMethod method, string path, (string Text, string Type)? content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        if (content is var (text, type))
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        try
        {
            using var answer = await AskAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            return new(
                answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token), answer.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing within {Patience.TotalSeconds:0} s");
        }
    }

    /// <param name="Code">The status.</param>
    /// <param name="Body">The body.</param>
    /// <param name="Wait">How long one is to wait before asking again, where the server says so.</param>
    private sealed record Answer(HttpStatusCode Code, string Body, TimeSpan? Wait);
}

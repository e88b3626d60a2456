using System.Net;
using MlOpsBuild.Core;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>
/// Requests to a code host: tried again where that can help, after the pause the host asks for. A request that makes something new is
/// tried again only when the host said it did nothing: a connection cut in between may have done it. An answer that is no JSON comes from
/// somebody else, a proxy's page to log in for example, and is never taken for the host's.
/// </summary>
internal sealed class HostResilience : DelegatingHandler
{
    private const int Retries = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly TimeSpan _patience;

    /// <summary>Sends over <paramref name="inner"/>.</summary>
    /// <param name="inner">The connection.</param>
    /// <param name="patience">How long one attempt may take.</param>
    /// <param name="time">The clock of pauses.</param>
    public HostResilience(HttpMessageHandler inner, TimeSpan patience, TimeProvider time) : base(inner)
    {
        _patience = patience;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                ShouldHandle = attempt => ValueTask.FromResult(
                    Pause(attempt.Outcome, attempt.AttemptNumber, time) is { } pause && pause <= LongestPause),
                DelayGenerator = attempt => ValueTask.FromResult(Pause(attempt.Outcome, attempt.AttemptNumber, time)),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            }).Build();
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await _pipeline.ExecuteAsync(async token => await TryAsync(request, token), cancellationToken);
        if (response.IsSuccessStatusCode
            && (request.Method == HttpMethod.Get || response.Content.Headers.ContentLength > 0)
            && response.StatusCode != HttpStatusCode.NoContent
            && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) != true)
        {
            var (status, type) = (response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "something without a type");
            response.Dispose();
            throw new HostRefusedException(
                status,
                $"{type} instead of JSON from {request.RequestUri?.Host}: not the code host's answer, perhaps a proxy's page to log in");
        }

        return response;
    }

    // A time limit of the attempt, not of all of them.
    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            var response = await base.SendAsync(request, limit.Token);
            await response.Content.LoadIntoBufferAsync(limit.Token);
            return response;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HostSilentException(request.Method, $"no answer from {request.RequestUri?.Host}: {problem.Message}", problem);
        }
    }

    // A host that is too busy says how long to wait: with 429, or with 403 for its second limit.
    private static TimeSpan? Pause(Outcome<HttpResponseMessage> outcome, int attempt, TimeProvider time)
    {
        if (outcome.Result is not { } response)
        {
            return outcome.Exception is HostSilentException silent && silent.Method != HttpMethod.Post
                ? AskedPause.Doubling(attempt)
                : null;
        }

        var asked = AskedPause.Of(response, time);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => asked ?? AskedPause.Doubling(attempt),
            HttpStatusCode.Forbidden => asked,
            >= HttpStatusCode.InternalServerError => asked ?? AskedPause.Doubling(attempt),
            _ => null,
        };
    }

    private sealed class HostSilentException(HttpMethod method, string message, Exception inner) : HttpRequestException(message, inner)
    {
        public HttpMethod Method => method;
    }
}

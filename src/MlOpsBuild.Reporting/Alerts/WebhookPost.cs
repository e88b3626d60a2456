using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Publishing;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Reporting.Alerts;

/// <summary>
/// Posts JSON to an address that whoever reads alerts chose. Posted again where that can help, also when no answer came: an alert that came
/// twice, under the same id, is better than one that never came. Redirects are not followed, since what is posted is for that address.
/// </summary>
internal sealed class WebhookPost : IDisposable
{
    private const int Retries = 4;
    private const int LongestAnswer = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public WebhookPost(Uri address, TimeProvider time)
    {
        (_address, _time) = (address, time);
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MlOpsBuild", "0.1"));
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Exception is HttpRequestException or IOException or TimeoutException
                    || attempt.Outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
                        or >= HttpStatusCode.InternalServerError),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Pause(attempt.Outcome.Result, attempt.AttemptNumber)),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            }).Build();
    }

    /// <summary>Posts it.</summary>
    /// <exception cref="AlertNotToldException">It was refused, or nobody answered.</exception>
    public async Task SendAsync(JsonObject body, string id, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _pipeline.ExecuteAsync(async token => await TryAsync(body, id, token), cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                throw new AlertNotToldException(
                    $"{_address.Host} answered {(int)answer.StatusCode} {(text.Length > LongestAnswer ? text[..LongestAnswer] : text)}".Trim());
            }
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException or TimeoutException)
        {
            // The address itself is a secret and never told.
            throw new AlertNotToldException($"no answer from {_address.Host}: {silent.Message}", silent);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> TryAsync(JsonObject body, string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", id);
        try
        {
            return await _http.SendAsync(request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing within {Patience.TotalSeconds:0} s");
        }
    }

    private TimeSpan Pause(HttpResponseMessage? answer, int attempt)
    {
        var pause = AskedPause.Of(answer, _time) ?? AskedPause.Doubling(attempt);
        return pause > LongestPause ? LongestPause : pause;
    }
}

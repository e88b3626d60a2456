using System.Net;
using MlOpsBuild.Core;
using Polly;
using Polly.Retry;

namespace MlOpsBuild.Tracking.Rest;

/// <summary>
/// When a request is sent again: where the server asks for a pause, and where it failed or did not answer, unless it was to make something
/// new, which it may have made.
/// </summary>
internal static class RestRetry
{
    private const int Retries = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>For requests that may be sent twice.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Repeated(TimeProvider time) => Of(time, repeats: true);

    /// <summary>For requests that make something new.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Careful(TimeProvider time) => Of(time, repeats: false);

    /// <summary>For making something after looking whether it is there: each attempt looks again.</summary>
    public static ResiliencePipeline Looking(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is TrackingRefusedException { MayBeDone: true } or TrackingRefusedException { IsThere: true }),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(AskedPause.Doubling(attempt.AttemptNumber)),
        }).Build();

    private static ResiliencePipeline<HttpResponseMessage> Of(TimeProvider time, bool repeats) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Retries,
                ShouldHandle = attempt => ValueTask.FromResult(
                    Helps(attempt.Outcome, repeats) && Pause(attempt.Outcome.Result, attempt.AttemptNumber, time) <= LongestPause),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                    Pause(attempt.Outcome.Result, attempt.AttemptNumber, time)),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            }).Build();

    private static bool Helps(Outcome<HttpResponseMessage> outcome, bool repeats) => outcome.Result is { } answer
        ? answer.StatusCode == HttpStatusCode.TooManyRequests
            || (repeats && answer.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError)
        : repeats && outcome.Exception is HttpRequestException or IOException or TimeoutException;

    private static TimeSpan Pause(HttpResponseMessage? answer, int attempt, TimeProvider time) =>
        AskedPause.Of(answer, time) ?? AskedPause.Doubling(attempt);
}

using System.Net.Http.Headers;

namespace MlOpsBuild.Core;

/// <summary>How long an answer asks to wait before the next attempt, and how long one waits unasked.</summary>
public static class AskedPause
{
    /// <summary>What <c>Retry-After</c> says (RFC 9110, 10.2.3), never less than nothing; null when it says nothing.</summary>
    /// <param name="answer">The answer; null where none came.</param>
    /// <param name="time">The clock for a pause that ends at a date.</param>
    public static TimeSpan? Of(HttpResponseMessage? answer, TimeProvider time) => Of(answer?.Headers.RetryAfter, time);

    /// <summary>The same of the header.</summary>
    /// <param name="header">The header; null where there is none.</param>
    /// <param name="time">The clock for a pause that ends at a date.</param>
    public static TimeSpan? Of(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var asked = header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    /// <summary>A second, two, four, ….</summary>
    /// <param name="attempt">The attempt that failed, from 0.</param>
    public static TimeSpan Doubling(int attempt) => TimeSpan.FromSeconds(Math.Pow(2, attempt));
}

namespace MlOpsBuild.Reporting.Publishing;

/// <summary>How long an answer asks to wait before the next attempt, and how long one waits unasked.</summary>
internal static class AskedPause
{
    /// <summary>What <c>Retry-After</c> says (RFC 9110, 10.2.3), never less than nothing; null when it says nothing.</summary>
    public static TimeSpan? Of(HttpResponseMessage? answer, TimeProvider time)
    {
        var asked = answer?.Headers.RetryAfter switch
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

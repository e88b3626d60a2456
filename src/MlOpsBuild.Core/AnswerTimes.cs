namespace MlOpsBuild.Core;

/// <summary>How long answers took, in milliseconds.</summary>
/// <param name="Requests">Answers measured.</param>
/// <param name="Median">Half were faster.</param>
/// <param name="P95">95 % were faster.</param>
/// <param name="P99">99 % were faster.</param>
public sealed record AnswerTimes(int Requests, double Median, double P95, double P99)
{
    /// <summary>The quantiles (type 7) of what was measured; null for nothing.</summary>
    public static AnswerTimes? Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
        return sorted.Count == 0 ? null : new(sorted.Count, Quantile.Of(sorted, 0.5), Quantile.Of(sorted, 0.95), Quantile.Of(sorted, 0.99));
    }
}

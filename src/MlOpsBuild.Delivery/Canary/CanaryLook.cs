namespace MlOpsBuild.Delivery.Canary;

/// <summary>One look of the judge, as recorded.</summary>
/// <param name="At">When.</param>
/// <param name="CanaryPercent">The weight in force.</param>
/// <param name="CanaryRequests">Requests to the canary so far.</param>
/// <param name="BaselineRequests">Requests to the baseline so far.</param>
/// <param name="Metrics">Metric by metric.</param>
/// <param name="LogSampleRatio">ln of the e-value against the split that was asked for.</param>
/// <param name="Decision">What follows.</param>
/// <param name="Reason">Why, with numbers.</param>
public sealed record CanaryLook(
    DateTimeOffset At,
    double CanaryPercent,
    int CanaryRequests,
    int BaselineRequests,
    IReadOnlyList<CanaryMetric> Metrics,
    double LogSampleRatio,
    CanaryDecision Decision,
    string Reason);

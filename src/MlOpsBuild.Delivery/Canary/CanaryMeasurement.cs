namespace MlOpsBuild.Delivery.Canary;

/// <summary>What was seen of a canary so far: everything a judge needs, and enough to judge it again with another policy.</summary>
/// <param name="Requests">Requests of callers.</param>
/// <param name="CanaryRequests">Answers of the canary, mirrored ones among them.</param>
/// <param name="BaselineRequests">Answers of the baseline, mirrored ones among them.</param>
/// <param name="Labels">Labels that came.</param>
/// <param name="Lost">Observations that were not fetched in time.</param>
/// <param name="Metrics">Bad events, kind by kind.</param>
/// <param name="Loss">The loss per row; null before the first pair.</param>
/// <param name="Change">The change of predictions; null before the first request that both answered.</param>
/// <param name="Times">Answer times; null before the first whole second.</param>
/// <param name="LogSampleRatio">ln of the e-value against the split that was asked for.</param>
public sealed record CanaryMeasurement(
    int Requests, int CanaryRequests, int BaselineRequests, int Labels, long Lost, IReadOnlyList<CanaryMetric> Metrics,
    LossComparison? Loss, PredictionChange? Change,
    AnswerTimeComparison? Times, double LogSampleRatio);

namespace MlOpsBuild.Modeling.Statistics;

/// <summary>Bad events while the canary's share stayed the same.</summary>
/// <param name="CanaryShare">Probability that a request went to the canary, in (0, 1).</param>
/// <param name="InCanary">Bad events in the canary.</param>
/// <param name="Total">Bad events in both arms.</param>
public readonly record struct EventLabels(double CanaryShare, int InCanary, int Total);

using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>One metric at one look.</summary>
/// <param name="Event">The kind of bad event.</param>
/// <param name="InCanary">Bad events in the canary.</param>
/// <param name="InBaseline">Bad events in the baseline.</param>
/// <param name="CanaryRequests">Requests (or labels) in the canary.</param>
/// <param name="BaselineRequests">Requests (or labels) in the baseline.</param>
/// <param name="LogHarm">ln of the e-value of harm.</param>
/// <param name="LogNoHarm">ln of the e-value of no harm.</param>
/// <param name="UpperRate">95 % upper bound on the canary's rate.</param>
public sealed record CanaryMetric(
    BadEvent Event, int InCanary, int InBaseline, int CanaryRequests, int BaselineRequests, double LogHarm, double LogNoHarm, double UpperRate);

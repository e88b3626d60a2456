namespace MlOpsBuild.Scoring.Protocol;

/// <summary>Where requests go; replaced as a whole, so that no request sees half a change.</summary>
/// <param name="Epoch">Counts are kept per epoch; raise it with every change of weight.</param>
/// <param name="Baseline">Serves what the canary does not.</param>
/// <param name="Canary">Gets its weight of requests, or null.</param>
/// <param name="CanaryPercent">0 to 100.</param>
/// <param name="Limits">What counts as a bad event.</param>
public sealed record RouteTable(int Epoch, Upstream Baseline, Upstream? Canary, double CanaryPercent, BadEventLimits Limits);

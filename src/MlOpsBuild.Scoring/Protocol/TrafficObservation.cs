namespace MlOpsBuild.Scoring.Protocol;

/// <summary>One request while a version was on trial; requests that break the contract are not among them.</summary>
/// <param name="CanaryShare">Probability with which the canary was to serve it, in [0, 1].</param>
/// <param name="Second">Whole seconds of the gateway's own clock.</param>
/// <param name="Served">Whose answer the caller got.</param>
/// <param name="Baseline">The baseline's answer; null when it was not asked.</param>
/// <param name="Canary">The canary's answer; null when it was not asked.</param>
/// <param name="Unit">Hash of the value that keeps a caller with one arm; null when each request is drawn by itself.</param>
public sealed record TrafficObservation(
    double CanaryShare, long Second, TrafficArm Served, ArmAnswer? Baseline, ArmAnswer? Canary, long? Unit = null);

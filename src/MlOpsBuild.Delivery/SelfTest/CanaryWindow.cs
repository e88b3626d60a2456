namespace MlOpsBuild.Delivery.SelfTest;

/// <summary>What a window of time shows of both arms to who sees only the answers that callers got.</summary>
/// <param name="Baseline">The champion's.</param>
/// <param name="Canary">The candidate's.</param>
public sealed record CanaryWindow(ArmSums Baseline, ArmSums Canary);

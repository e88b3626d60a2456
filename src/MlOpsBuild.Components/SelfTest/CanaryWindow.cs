namespace MlOpsBuild.Components.SelfTest;

/// <summary>
/// What a window of time shows of both arms to who sees only the answers that callers got: the loss of each, or null where it failed.
/// </summary>
/// <param name="Baseline">The champion's.</param>
/// <param name="Canary">The candidate's.</param>
internal sealed record CanaryWindow(IReadOnlyList<double?> Baseline, IReadOnlyList<double?> Canary);

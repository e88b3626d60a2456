using MlOpsBuild.Delivery.Canary;

namespace MlOpsBuild.Delivery.SelfTest;

/// <summary>A rule of another tool, as its documentation has it, on what it sees: each window's requests by the arm that served them.</summary>
/// <param name="Name">Tool and setting.</param>
/// <param name="Decide">Windows so far, and whether there are no more → a decision.</param>
public sealed record CanaryRule(string Name, Func<IReadOnlyList<CanaryWindow>, bool, CanaryDecision> Decide)
{
    private const double LeastSuccess = 0.99;
    private const double MostLoss = 1.1;

    // Of a standard normal, at 95 %.
    private const double OneSided = 1.6449;

    /// <summary>The rules of the table.</summary>
    public static IReadOnlyList<CanaryRule> All { get; } =
    [
        new("Argo Rollouts, failureLimit 0 (default)", static (windows, last) => Failures(windows) > 0 ? CanaryDecision.Rollback : last ? CanaryDecision.Promote : CanaryDecision.Continue),
        new("Argo Rollouts, failureLimit 3 (its example)", static (windows, last) => Failures(windows) > 3 ? CanaryDecision.Rollback : last ? CanaryDecision.Promote : CanaryDecision.Continue),
        new("Flagger, threshold 10 (its example)", static (windows, last) => Failures(windows) >= 10 ? CanaryDecision.Rollback : last ? CanaryDecision.Promote : CanaryDecision.Continue),
        new("t-test at a fixed horizon, 5 %", static (windows, last) => !last ? CanaryDecision.Continue : IsWorse(windows) ? CanaryDecision.Rollback : CanaryDecision.Promote),
    ];

    // One window's point estimates against fixed thresholds.
    private static int Failures(IReadOnlyList<CanaryWindow> windows) => windows.Count(window =>
        window.Canary.Requests > 0 && (1 - ((double)window.Canary.Errors / window.Canary.Requests) < LeastSuccess || window.Canary.MeanLoss > MostLoss * window.Baseline.MeanLoss));

    private static bool IsWorse(IReadOnlyList<CanaryWindow> windows)
    {
        var canary = windows.Select(window => window.Canary).Aggregate(ArmSums.None, ArmSums.Add);
        var baseline = windows.Select(window => window.Baseline).Aggregate(ArmSums.None, ArmSums.Add);
        var deviation = Math.Sqrt((canary.LossVariance / Math.Max(1, canary.Answers)) + (baseline.LossVariance / Math.Max(1, baseline.Answers)));
        return (canary.MeanLoss - baseline.MeanLoss) / deviation > OneSided;
    }
}

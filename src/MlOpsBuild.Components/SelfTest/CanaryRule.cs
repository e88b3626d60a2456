using MlOpsBuild.Delivery.Canary;

namespace MlOpsBuild.Components.SelfTest;

/// <summary>
/// A rule of another tool, as its documentation has it, on what it sees: each window's requests by the arm that served them.
/// </summary>
/// <param name="Name">Tool and setting.</param>
/// <param name="Decide">Windows so far, and whether there are no more → a decision.</param>
internal sealed record CanaryRule(string Name, Func<IReadOnlyList<CanaryWindow>, bool, CanaryDecision> Decide)
{
    private const double LeastSuccess = 0.99;
    private const double MostLoss = 1.1;

    // Of a standard normal, at 95 %.
    private const double OneSided = 1.6449;

    /// <summary>The rules of the table.</summary>
    public static IReadOnlyList<CanaryRule> All { get; } =
    [
        new(
            "Argo Rollouts, failureLimit 0 (default)",
            static (windows, last) => Failures(windows) > 0 ? CanaryDecision.Rollback
                : last ? CanaryDecision.Promote
                : CanaryDecision.Continue),
        new(
            "Argo Rollouts, failureLimit 3 (its example)",
            static (windows, last) => Failures(windows) > 3 ? CanaryDecision.Rollback
                : last ? CanaryDecision.Promote
                : CanaryDecision.Continue),
        new(
            "Flagger, threshold 10 (its example)",
            static (windows, last) => Failures(windows) >= 10 ? CanaryDecision.Rollback
                : last ? CanaryDecision.Promote
                : CanaryDecision.Continue),
        new(
            "t-test at a fixed horizon, 5 %",
            static (windows, last) => !last ? CanaryDecision.Continue
                : IsWorse(windows) ? CanaryDecision.Rollback
                : CanaryDecision.Promote),
    ];

    // One window's point estimates against fixed thresholds.
    private static int Failures(IReadOnlyList<CanaryWindow> windows) => windows.Count(window =>
        window.Canary.Count > 0
            && (window.Canary.Count(loss => loss != null) < LeastSuccess * window.Canary.Count
                || window.Canary.Average() > MostLoss * window.Baseline.Average()));

    private static bool IsWorse(IReadOnlyList<CanaryWindow> windows)
    {
        var (canary, ofCanary) = Mean(windows.SelectMany(window => window.Canary));
        var (baseline, ofBaseline) = Mean(windows.SelectMany(window => window.Baseline));
        return canary - baseline > OneSided * Math.Sqrt(ofCanary + ofBaseline);
    }

    private static (double Mean, double Variance) Mean(IEnumerable<double?> losses)
    {
        var known = losses.OfType<double>().ToList();
        var mean = known.Average();
        return (mean, known.Average(loss => (loss - mean) * (loss - mean)) / known.Count);
    }
}

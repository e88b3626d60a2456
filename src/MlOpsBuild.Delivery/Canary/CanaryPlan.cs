using System.Globalization;

namespace MlOpsBuild.Delivery.Canary;

/// <summary>
/// What a canary can see with the traffic and budget it has, simulated from the champion's own hold-out before it starts.
/// </summary>
/// <param name="RequestsPerSecond">Labelled requests expected per second.</param>
/// <param name="Budget">Requests after which it ends.</param>
/// <param name="LossMargin">Tolerated rise of the loss.</param>
/// <param name="SmallestHarm">Smallest rise of the mean loss that is found in 90 % of runs, relative; null
/// when none on the grid is.</param>
/// <param name="RequestsToHarm">Median requests until it is found.</param>
/// <param name="UndecidedWhenEqual">Share of runs in which an equal candidate ends undecided.</param>
/// <param name="RequestsWhenEqual">Median requests until an equal candidate is promoted; null when most are not.</param>
/// <param name="EnoughBudget">A budget with which at most 20 % would end undecided; null when this one is enough,
/// or none on the grid is.</param>
public sealed record CanaryPlan(
    double RequestsPerSecond, int Budget, double LossMargin, double? SmallestHarm, int? RequestsToHarm, double UndecidedWhenEqual,
    int? RequestsWhenEqual, int? EnoughBudget)
{
    /// <summary>Share of undecided runs from which the budget is too small.</summary>
    public const double MostUndecided = 0.2;

    /// <summary>The plan in one sentence.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"what this canary can see: {(SmallestHarm is { } harm ? $"a loss {harm:0%} higher, in 9 of 10 runs{Time(RequestsToHarm)}" : "no loss below ten times the champion's for certain")}; an equal candidate is promoted in {1 - UndecidedWhenEqual:0%} of runs{Time(RequestsWhenEqual)}; at most {Budget:N0} requests{Time(Budget)}");

    /// <summary>What to do where the budget is too small; null where it is enough.</summary>
    public string? Warning() => UndecidedWhenEqual <= MostUndecided ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"an equal candidate would end undecided in {UndecidedWhenEqual:0%} of runs; {(EnoughBudget is { } enough ? $".Canary(c => c.Requests(perStep: …, atMost: {enough})) would do" : "widen the margin with .Canary(c => c.Margin(…)): no budget up to 64 times this one would do")}");

    private string Time(int? requests) => requests is { } count && RequestsPerSecond > 0
        ? string.Create(CultureInfo.InvariantCulture, $" (after {Duration(TimeSpan.FromSeconds(count / RequestsPerSecond))})")
        : "";

    private static string Duration(TimeSpan span) =>
        span.TotalMinutes < 2
            ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min");
}

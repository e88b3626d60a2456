using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>Everything known of a candidate's quality before it is packaged.</summary>
/// <param name="Metrics">Hold-out metrics of the candidate.</param>
/// <param name="Gates">The gate table.</param>
/// <param name="Slices">The same metrics on slices.</param>
/// <param name="Predictors">Metrics of candidate, champion and baselines by name, for comparison.</param>
public sealed record Evidence(
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<SliceOutcome> Slices,
    IReadOnlyDictionary<string, IReadOnlyList<MetricValue>> Predictors)
{
    /// <summary>The worst verdict of the deciding gates; Inconclusive without gates.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Verdict Verdict => Gates.Where(gate => gate.Blocking).Select(gate => gate.Verdict).Worst();
}

using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>One try.</summary>
/// <param name="Number">Its number, from 1 on; the first one has the values that the pipeline declares.</param>
/// <param name="Settings">The chosen values by parameter.</param>
/// <param name="Share">Share of the rows it was fitted on, in (0, 1].</param>
/// <param name="ByFold">The metric, fold by fold; empty when it failed.</param>
/// <param name="Failure">Why it has no value; null where it has one.</param>
public sealed record TuningTrial(
    int Number, IReadOnlyDictionary<string, string> Settings, double Share, IReadOnlyList<double> ByFold, string? Failure = null)
{
    /// <summary>Mean over the folds; null when it failed.</summary>
    [JsonIgnore]
    public double? Value => Failure == null && ByFold.Count > 0 ? ByFold.Average() : null;

    /// <summary>Those that have a value, the best first; of equal ones the earlier.</summary>
    public static IReadOnlyList<TuningTrial> Ranked(IEnumerable<TuningTrial> trials, Direction direction) =>
    [
        .. trials.Where(trial => trial.Value != null)
            .OrderBy(trial => direction == Direction.LowerIsBetter ? trial.Value : -trial.Value)
            .ThenBy(trial => trial.Number),
    ];
}

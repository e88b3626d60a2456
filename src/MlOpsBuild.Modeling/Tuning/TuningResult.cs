using System.Text.Json.Serialization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>A search and what it found; digest and document are the same wherever it ran.</summary>
/// <param name="Search">How settings were searched.</param>
/// <param name="Seed">Seed of what was drawn.</param>
/// <param name="Metric">The first gate's metric, which decides.</param>
/// <param name="Direction">Which way it improves.</param>
/// <param name="Folds">Number of folds of the rows before the hold-out.</param>
/// <param name="Ranges">What could be chosen.</param>
/// <param name="Trials">All trials, in the order in which they were proposed; the first one has the declared values.</param>
/// <param name="Best">Number of the best trial on all rows.</param>
/// <param name="Proof">The best one beside the declared values; null when it is the declared ones.</param>
public sealed record TuningResult(
    SearchMethod Search, long Seed, string Metric, Direction Direction, int Folds, IReadOnlyList<SearchRange> Ranges,
    IReadOnlyList<TuningTrial> Trials, int Best, TuningProof? Proof)
{
    /// <summary>Trials on all rows that have a value, the best first.</summary>
    [JsonIgnore]
    public IReadOnlyList<TuningTrial> Ranked => TuningTrial.Ranked(Trials.Where(trial => trial.Share == 1), Direction);

    /// <summary>The best trial.</summary>
    [JsonIgnore]
    public TuningTrial BestTrial => Trials.First(trial => trial.Number == Best);
}
